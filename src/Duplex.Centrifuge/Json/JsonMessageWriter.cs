using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Json;

/// <summary>
/// Writes the fields of one message, leaving out zero values as the dialect wants. One per thread, reused. Line
/// breaks never appear: they separate messages.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Lives as long as its thread and owns no memory: the writer only appends to what it is given.")]
internal sealed class JsonMessageWriter
{
    [ThreadStatic]
    private static JsonMessageWriter? _current;

    private readonly Utf8JsonWriter _json = new(
        Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    private bool _isExpressible;

    private JsonMessageWriter() { }

    /// <summary>This thread's writer, set to append to <paramref name="output"/>.</summary>
    public static JsonMessageWriter Begin(IBufferWriter<byte> output)
    {
        var writer = _current ??= new JsonMessageWriter();
        writer._json.Reset(output);
        writer._isExpressible = true;
        writer._json.WriteStartObject();
        return writer;
    }

    /// <summary>Ends the message. False when a payload was no JSON: what was appended is then worthless.</summary>
    public bool End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _isExpressible;
    }

    public void BeginObject(ReadOnlySpan<byte> name) => _json.WriteStartObject(name);

    public void BeginObject(string name) => _json.WriteStartObject(name);

    public void BeginObject() => _json.WriteStartObject();

    public void EndObject() => _json.WriteEndObject();

    public void BeginArray(ReadOnlySpan<byte> name) => _json.WriteStartArray(name);

    public void EndArray() => _json.WriteEndArray();

    public void String(ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) _json.WriteString(name, value);
    }

    /// <summary>Writes the field even when it is empty.</summary>
    public void AnyString(ReadOnlySpan<byte> name, string value) => _json.WriteString(name, value);

    /// <summary>Writes an entry of an object whose names are data.</summary>
    public void Entry(string name, string value) => _json.WriteString(name, value);

    public void Bool(ReadOnlySpan<byte> name, bool value)
    {
        if (value) _json.WriteBoolean(name, true);
    }

    public void Number(ReadOnlySpan<byte> name, ulong value)
    {
        if (value != 0) _json.WriteNumber(name, value);
    }

    public void Number(ReadOnlySpan<byte> name, long value)
    {
        if (value != 0) _json.WriteNumber(name, value);
    }

    /// <summary>Writes the field even when it is 0.</summary>
    public void AnyNumber(ReadOnlySpan<byte> name, ulong value) => _json.WriteNumber(name, value);

    /// <summary>Embeds a JSON value.</summary>
    /// <param name="name">The field.</param>
    /// <param name="value">The value.</param>
    /// <param name="isJson">Whether it is known to be JSON.</param>
    public void Payload(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isJson = false)
    {
        if (value.IsEmpty) return;
        if (!isJson && !JsonData.IsJson(value))
        {
            _isExpressible = false;
            return;
        }

        _json.WritePropertyName(name);
        if (value.IndexOfAny((byte)'\n', (byte)'\r') < 0) _json.WriteRawValue(value, skipInputValidation: true);
        else WriteWithoutLineBreaks(value);
    }

    /// <summary>Embeds a value if it is JSON: what others have that cannot be said is left out.</summary>
    public void PayloadIfJson(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (JsonData.IsJson(value)) Payload(name, value, isJson: true);
    }

    /// <summary>Carries the bytes as the text of a JSON string: payloads and patches where delta compression was negotiated.</summary>
    public void TextPayload(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!Utf8.IsValid(value)) _isExpressible = false;
        else _json.WriteString(name, value);
    }

    // RFC 8259 section 7: line breaks within strings are escaped, so every raw one is white space between tokens.
    private void WriteWithoutLineBreaks(ReadOnlySpan<byte> value)
    {
        var compact = ArrayPool<byte>.Shared.Rent(value.Length);
        var length = 0;
        foreach (var b in value)
        {
            if (b is not ((byte)'\n' or (byte)'\r')) compact[length++] = b;
        }

        _json.WriteRawValue(compact.AsSpan(0, length), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(compact);
    }
}
