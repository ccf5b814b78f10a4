using System.Text.Json;
using Duplex.Centrifuge.Codecs;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Json;

/// <summary>
/// Walks the fields of one JSON message. The first fault stops it: every later call returns the zero value, so
/// callers read straight on and look at <see cref="Fault"/> once, at the end.
/// </summary>
internal ref struct JsonFieldReader
{
    // The message's own nesting is bounded where it is entered; what lies in payloads is measured, and skipped without recursion.
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

    /// <summary>Null while all is well.</summary>
    public readonly CommandFault? Fault => _fault is null ? null : new CommandFault(_fault, (int)_json.TokenStartIndex);

    /// <summary>Whether a payload is nested more deeply than data may be. It has been read all the same.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>Enters the message itself, which must be an object.</summary>
    public bool TryEnterMessage() => TryEnterObject() || Fail("object expected");

    /// <summary>Moves to the value and enters it. False when it is null, and the field then counts as absent.</summary>
    public bool TryEnterObject() => TryEnter(JsonTokenType.StartObject, "object expected");

    /// <summary>Moves to the value and enters it. False when it is null, and the field then counts as absent.</summary>
    public bool TryEnterArray() => TryEnter(JsonTokenType.StartArray, "array expected");

    /// <summary>Moves to the next field of the object entered last; false at its end.</summary>
    public bool NextField() => Advance() && _json.TokenType == JsonTokenType.PropertyName;

    /// <summary>Moves to the next element of the array entered last, which must be an object; false at its end.</summary>
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

    /// <summary>Whether the field moved to has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _fault is null && _json.ValueTextEquals(name);

    /// <summary>The name of the field moved to, in an object whose names are data.</summary>
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
            _ => Fail("true or false expected"),
        };
    }

    public uint UInt32() => !Number() ? 0 : _json.TryGetUInt32(out var value) ? value : OutOfRange<uint>();

    public int Int32() => !Number() ? 0 : _json.TryGetInt32(out var value) ? value : OutOfRange<int>();

    public long Int64() => !Number() ? 0 : _json.TryGetInt64(out var value) ? value : OutOfRange<long>();

    public ulong UInt64() => !Number() ? 0 : _json.TryGetUInt64(out var value) ? value : OutOfRange<ulong>();

    /// <summary>The value as it stands, copied, because it outlives the frame. Null counts as absent.</summary>
    public ReadOnlyMemory<byte> Payload()
    {
        if (!Advance() || _json.TokenType == JsonTokenType.Null) return default;
        var start = (int)_json.TokenStartIndex;
        if (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) SkipMeasured();
        return _message[start..(int)_json.BytesConsumed].ToArray();
    }

    /// <summary>Passes over the value of a field nobody knows.</summary>
    public void Skip()
    {
        if (_fault is null) _json.Skip();
    }

    /// <summary>Makes what was read a fault.</summary>
    public void Refuse(string reason) => Fail(reason);

    /// <summary>Checks that nothing but white space follows the message.</summary>
    public void End()
    {
        // Reading on past the end throws for anything that is not white space.
        if (_fault is null) _json.Read();
    }

    private void SkipMeasured()
    {
        // At the start of a container the reader's depth is that of what surrounds it.
        var around = _json.CurrentDepth;
        while (_json.Read() && _json.CurrentDepth > around)
        {
            if (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                IsTooDeep |= _json.CurrentDepth - around >= JsonData.MaxDepth;
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
        Fail("whole number of this size expected");
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
