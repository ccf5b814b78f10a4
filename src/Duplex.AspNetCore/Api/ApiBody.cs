using System.Text.Json;
using System.Text.Unicode;
using Duplex.AspNetCore.Json;

namespace Duplex.AspNetCore.Api;

/// <summary>Represents the commands of a request's body. Dispose releases their memory.</summary>
internal sealed class ApiBody : IDisposable
{
    /// <summary>Limit: commands in one request body of the server API; the response to a larger number is 400.</summary>
    public const int MaxCommands = 1000;

    private readonly List<JsonDocument> _documents = [];

    private ApiBody() { }

    public int Count => _documents.Count;

    public JsonElement this[int index] => _documents[index].RootElement;

    /// <summary>Parses one object, or several in sequence.</summary>
    /// <returns>The commands, or null if the body is malformed.</returns>
    public static ApiBody? Parse(byte[] bytes, out string fault)
    {
        fault = "";
        if (!Utf8.IsValid(bytes))
        {
            // RFC 8259 8.1.
            fault = "the body is not UTF-8";
            return null;
        }

        // RFC 8259 8.1: parsers may ignore a byte order mark.
        var text = bytes.AsSpan();
        if (text.StartsWith("\uFEFF"u8)) text = text["\uFEFF"u8.Length..];
        var reader = new Utf8JsonReader(text, JsonText.Reading);
        var body = new ApiBody();
        try
        {
            while (fault.Length == 0 && reader.Read())
            {
                body._documents.Add(JsonDocument.ParseValue(ref reader));
                if (body[^1].ValueKind != JsonValueKind.Object) fault = "the body is not a JSON object";
                else if (body.Count > MaxCommands) fault = $"the body has more than {MaxCommands} commands";
            }

            if (fault.Length == 0 && body.Count == 0) fault = "the body is empty";
        }
        catch (JsonException exception)
        {
            fault = $"the body is not JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
        }

        if (fault.Length == 0) return body;
        body.Dispose();
        return null;
    }

    public void Dispose()
    {
        foreach (var document in _documents) document.Dispose();
    }
}
