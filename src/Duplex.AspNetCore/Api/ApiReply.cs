using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Duplex.Messaging.Codes;

namespace Duplex.AspNetCore.Api;

/// <summary>The reply to a command: a result or an error.</summary>
internal readonly record struct ApiReply(string Method, ApiResult? Result, ClientError? Error)
{
    // The response is application/json and never embedded in HTML, so HTML characters need no escapes.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object; throws if a value cannot be written, before any output.</summary>
    public static ReadOnlyMemory<byte> Render(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> Render(ClientError error) => Render(json => ApiResult.WriteError(json, error));

    /// <summary>Writes the result under a name, or the error.</summary>
    public void WriteTo(Utf8JsonWriter json, string name)
    {
        if (Error is { } error) ApiResult.WriteError(json, error);
        else ApiResult.WriteObject(json, name, Result!);
    }
}
