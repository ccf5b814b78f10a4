using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Duplex.Messaging.Codes;

namespace Duplex.AspNetCore.Api;

/// <summary>What a command was answered: a result or an error.</summary>
internal readonly record struct ApiReply(string Method, ApiResult? Result, ClientError? Error)
{
    // The answer is JSON and nothing else, so that nothing in it has to be written as an escape.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object. Whole or not at all: what cannot be written throws.</summary>
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
