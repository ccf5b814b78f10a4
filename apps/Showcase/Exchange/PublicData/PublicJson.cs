using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Showcase.Exchange.PublicData;

/// <summary>Writes a JSON value of the public interface.</summary>
/// <param name="json">The writer.</param>
/// <param name="perMillisecond">The units of a written time in a millisecond: 1, or 1,000 for microseconds.</param>
public delegate void PublicValue(Utf8JsonWriter json, long perMillisecond);

/// <summary>Encodes the values of the public interface.</summary>
public static class PublicJson
{
    /// <summary>The units of a millisecond in microseconds.</summary>
    public const long Microseconds = 1000;

    // Clients receive the names of streams as they sent them, with a plus sign and not its escape.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns an array of values.</summary>
    public static PublicValue Array(IReadOnlyList<PublicValue> items) => (json, per) =>
    {
        json.WriteStartArray();
        foreach (var item in items) item(json, per);
        json.WriteEndArray();
    };

    /// <summary>Encodes a value.</summary>
    public static ReadOnlyMemory<byte> Encode(PublicValue value, long perMillisecond = 1)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Options);
        value(json, perMillisecond);
        json.Flush();
        return buffer.WrittenMemory;
    }
}
