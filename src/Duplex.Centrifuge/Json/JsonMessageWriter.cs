using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Json;

/// <summary>
/// Writes the fields of one message and omits zero values, as the dialect requires. The output contains no line breaks,
/// which separate messages. Each thread reuses one instance.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The instance exists as long as its thread and owns no memory: the writer appends to the output of the caller.")]
internal sealed class JsonMessageWriter
{
    [ThreadStatic]
    private static JsonMessageWriter? _current;

    private readonly Utf8JsonWriter _json = new(
        Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    private bool _isExpressible;

    private JsonMessageWriter() { }

    /// <summary>Returns this thread's writer, which then appends to <paramref name="output"/>.</summary>
    public static JsonMessageWriter Begin(IBufferWriter<byte> output)
    {
        var writer = _current ??= new JsonMessageWriter();
        writer._json.Reset(output);
        writer._isExpressible = true;
        writer._json.WriteStartObject();
        return writer;
    }

    /// <summary>Ends the message; returns false if a payload was not JSON, and the caller then discards the appended bytes.</summary>
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

    /// <summary>Writes the field even if the value is empty.</summary>
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

    /// <summary>Writes the field even if the value is 0.</summary>
    public void AnyNumber(ReadOnlySpan<byte> name, ulong value) => _json.WriteNumber(name, value);

    /// <summary>Embeds a JSON value.</summary>
    /// <param name="name">The field.</param>
    /// <param name="value">The value.</param>
    /// <param name="isJson">Whether the value has been validated as JSON.</param>
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

    /// <summary>Embeds a value if it is JSON, and omits it otherwise.</summary>
    public void PayloadIfJson(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (JsonData.IsJson(value)) Payload(name, value, isJson: true);
    }

    /// <summary>Writes the bytes as a JSON string, the form of payloads and patches when delta compression was negotiated.</summary>
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
