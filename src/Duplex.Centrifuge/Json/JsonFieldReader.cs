using System.Text.Json;
using Duplex.Centrifuge.Codecs;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Json;

/// <summary>
/// Reads the fields of one JSON message. After the first fault every call returns the zero value, so that callers check
/// <see cref="Fault"/> once, at the end.
/// </summary>
internal ref struct JsonFieldReader
{
    // TakeLevel limits the nesting of the message itself; the nesting of payloads is measured, and skipped without recursion.
    private const int ReaderDepth = 1 << 24;

    private readonly ReadOnlySpan<byte> _message;
    private readonly int _maxDepth;
    private Utf8JsonReader _json;
    private int _entriesLeft;
    private string? _fault;

    public JsonFieldReader(ReadOnlySpan<byte> message, CodecLimits limits)
    {
        _message = message;
        _maxDepth = limits.MaxDepth;
        _json = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = ReaderDepth });
        _entriesLeft = limits.MaxEntries;
    }

    /// <summary>The first fault, or null.</summary>
    public readonly CommandFault? Fault => _fault is null ? null : new CommandFault(_fault, (int)_json.TokenStartIndex);

    /// <summary>Whether a payload is nested more deeply than <see cref="JsonData.MaxDepth"/>, which is not a fault of the message.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>Enters the message itself, which must be an object.</summary>
    public bool TryEnterMessage() => TryEnterObject() || Fail("object expected");

    /// <summary>Moves to the value and enters it; returns false if it is null, which counts as an absent field.</summary>
    public bool TryEnterObject() => TryEnter(JsonTokenType.StartObject, "object expected");

    /// <summary>Moves to the value and enters it; returns false if it is null, which counts as an absent field.</summary>
    public bool TryEnterArray() => TryEnter(JsonTokenType.StartArray, "array expected");

    /// <summary>Moves to the next field of the current object; returns false at its end.</summary>
    public bool NextField() => Advance() && _json.TokenType == JsonTokenType.PropertyName;

    /// <summary>Moves to the next element of the current array, which must be an object, and enters it; returns false at the end.</summary>
    public bool NextObject()
    {
        if (!Advance() || _json.TokenType == JsonTokenType.EndArray) return false;
        return _json.TokenType == JsonTokenType.StartObject ? TakeLevel() && TakeEntry() : Fail("object expected");
    }

    /// <summary>Appends the elements of an array of strings.</summary>
    public void Strings(List<string> values)
    {
        if (!TryEnterArray()) return;
        while (Advance() && _json.TokenType == JsonTokenType.String && TakeEntry()) values.Add(_json.GetString()!);
        if (_json.TokenType != JsonTokenType.EndArray) Fail("string expected");
    }

    /// <summary>Whether the current field has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _fault is null && _json.ValueTextEquals(name);

    /// <summary>Returns the name of the current field and counts it as an entry, in an object whose names are data.</summary>
    public string TakeName()
    {
        if (_fault is not null) return "";
        var name = _json.GetString()!;
        TakeEntry();
        return name;
    }

    public string String()
    {
        if (!Advance() || _json.TokenType == JsonTokenType.Null) return "";
        if (_json.TokenType == JsonTokenType.String) return _json.GetString()!;
        Fail("string expected");
        return "";
    }

    public bool Bool()
    {
        if (!Advance()) return false;
        return _json.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            _ => Fail("boolean expected"),
        };
    }

    public uint UInt32() => !Number() ? 0 : _json.TryGetUInt32(out var value) ? value : OutOfRange<uint>();

    public int Int32() => !Number() ? 0 : _json.TryGetInt32(out var value) ? value : OutOfRange<int>();

    public long Int64() => !Number() ? 0 : _json.TryGetInt64(out var value) ? value : OutOfRange<long>();

    public ulong UInt64() => !Number() ? 0 : _json.TryGetUInt64(out var value) ? value : OutOfRange<ulong>();

    /// <summary>Returns a copy of the value's JSON text, because the copy outlives the frame. Null counts as absent.</summary>
    public ReadOnlyMemory<byte> Payload()
    {
        if (!Advance() || _json.TokenType == JsonTokenType.Null) return default;
        var start = (int)_json.TokenStartIndex;
        if (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) SkipMeasured();
        return _message[start..(int)_json.BytesConsumed].ToArray();
    }

    /// <summary>Skips the value of an unknown field.</summary>
    public void Skip()
    {
        if (_fault is null) _json.Skip();
    }

    /// <summary>Records a fault of the message.</summary>
    public void Refuse(string reason) => Fail(reason);

    /// <summary>Checks that nothing but white space follows the message.</summary>
    public void End()
    {
        // A read past the end throws if anything but white space follows.
        if (_fault is null) _json.Read();
    }

    private void SkipMeasured()
    {
        // At the start of a container the reader's depth is that of the enclosing container.
        var outerDepth = _json.CurrentDepth;
        while (_json.Read() && _json.CurrentDepth > outerDepth)
        {
            if (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                IsTooDeep |= _json.CurrentDepth - outerDepth >= JsonData.MaxDepth;
        }
    }

    private bool TryEnter(JsonTokenType start, string fault)
    {
        if (!Advance() || _json.TokenType == JsonTokenType.Null) return false;
        return _json.TokenType == start ? TakeLevel() : Fail(fault);
    }

    private bool TakeLevel() => _json.CurrentDepth < _maxDepth || Fail("nested too deeply");

    private bool Number()
    {
        if (!Advance() || _json.TokenType == JsonTokenType.Null) return false;
        return _json.TokenType == JsonTokenType.Number || Fail("number expected");
    }

    private T OutOfRange<T>() where T : struct
    {
        Fail("not an integer, or out of range");
        return default;
    }

    private bool TakeEntry() => _entriesLeft-- > 0 || Fail("too many entries");

    private bool Advance()
    {
        if (_fault is not null) return false;
        return _json.Read() || Fail("message ends early");
    }

    private bool Fail(string reason)
    {
        _fault ??= reason;
        return false;
    }
}
