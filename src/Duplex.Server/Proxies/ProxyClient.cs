using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Duplex.Centrifuge.Session;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Proxies;

/// <summary>Asks the backend one kind of question over HTTP. Safe from any thread.</summary>
internal sealed partial class ProxyClient(HttpClient http, ProxySettings settings, TimeProvider time, ILogger<ProxyClient> logger)
{
    /// <summary>Asks, and returns the answer's result; null when it has none.</summary>
    /// <param name="client">Whom the question is about; null: nobody.</param>
    /// <param name="write">Writes what the question asks.</param>
    /// <param name="cancellationToken">Ends the wait because nobody needs the answer any more.</param>
    /// <exception cref="ClientException">The backend answered with an error or a status that means one, or did not answer as agreed: then the error is internal.</exception>
    /// <exception cref="DisconnectException">The backend wants the client gone.</exception>
    public async Task<JsonElement?> AskAsync(ClientContext? client, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(client, write);
            using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK) throw Refused((int)response.StatusCode);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false));
            return Result(answer.RootElement);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"no answer within {settings.Timeout.TotalMilliseconds} ms", null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or InvalidOperationException or FormatException)
        {
            throw Failed("no answer that can be read", exception);
        }
    }

    /// <summary>Writes a payload as the settings say.</summary>
    public void WritePayload(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty) return;
        if (settings.IsBinary)
        {
            json.WriteBase64String("b64" + name, payload.Span);
            return;
        }

        json.WritePropertyName(name);
        json.WriteRawValue(payload.Span);
    }

    private HttpRequestMessage Request(ClientContext? client, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            if (client is not null) WriteClient(json, client);
            write(json);
            json.WriteEndObject();
        }

        var request = new HttpRequestMessage(HttpMethod.Post, settings.Endpoint) { Content = new ReadOnlyMemoryContent(body.WrittenMemory) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (client is not null)
        {
            foreach (var name in settings.HttpHeaders) Add(request, name, client.RequestHeaders);
            foreach (var name in settings.EmulatedHeaders) Add(request, name, client.EmulatedHeaders);
        }

        foreach (var (name, value) in settings.StaticHeaders) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private void WriteClient(Utf8JsonWriter json, ClientContext client)
    {
        json.WriteString("client", client.Id);
        json.WriteString("transport", client.Transport);
        json.WriteString("protocol", client is Client { Wire: DialectWire { Codec.IsText: false } } ? "protobuf" : "json");
        json.WriteString("encoding", settings.IsBinary ? "binary" : "json");
        if (!settings.IncludesMeta || client.Meta.IsEmpty) return;
        json.WritePropertyName("meta");
        json.WriteRawValue(client.Meta.Span);
    }

    private static void Add(HttpRequestMessage request, string name, IReadOnlyDictionary<string, string> headers)
    {
        var value = headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        if (!string.IsNullOrEmpty(value)) request.Headers.TryAddWithoutValidation(name, value);
    }

    private static JsonElement? Result(JsonElement answer)
    {
        if (answer.TryGetProperty("disconnect", out var disconnect) && disconnect.ValueKind == JsonValueKind.Object)
        {
            throw new DisconnectException(ProxyAnswer.Disconnect(disconnect));
        }

        if (answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            throw new ClientException(
                error.GetProperty("code").GetUInt32(), ProxyAnswer.Text(error, "message"), ProxyAnswer.Flag(error, "temporary"));
        }

        return answer.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object ? result.Clone() : null;
    }

    private Exception Refused(int status) =>
        settings.StatusTransforms.FirstOrDefault(transform => transform.Status == status)?.ToException() ?? Failed($"status {status}", null);

    private ClientException Failed(string reason, Exception? exception)
    {
        LogFailed(exception, settings.Endpoint!, reason);
        return new ClientException(ClientErrors.Internal);
    }

    [LoggerMessage(1, LogLevel.Error, "The backend at {Endpoint} was asked in vain: {Reason}")]
    private partial void LogFailed(Exception? exception, Uri endpoint, string reason);
}
