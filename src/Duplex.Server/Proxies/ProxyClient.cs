using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Unicode;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Server.Proxies;

/// <summary>Calls the backend over HTTP, for one kind of request. Safe from any thread.</summary>
internal sealed class ProxyClient(HttpClient http, ProxySettings settings, TimeProvider time, BackendLog log)
{
    // The maximum depth of a response, whose data alone may have the maximum depth of data.
    private const int MaxDepth = 2 * JsonData.MaxDepth;

    /// <summary>Sends a request and returns the value that <paramref name="read"/> returns for the response's result.</summary>
    /// <param name="client">The client that the request is about; null: none.</param>
    /// <param name="write">Writes the members of the request.</param>
    /// <param name="read">Reads the result, which is null when the response has none.</param>
    /// <param name="cancellationToken">Cancels the request, when its response is no longer needed.</param>
    /// <exception cref="ClientException">The backend returned an error or a status that maps to one. If it failed or its response is invalid, the error is the internal error.</exception>
    /// <exception cref="DisconnectException">The backend returned a disconnect or a status that maps to one.</exception>
    public async Task<T> RequestAsync<T>(ClientContext? client, Action<Utf8JsonWriter> write, Func<AnswerObject?, T> read, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(client, write, cancellationToken).ConfigureAwait(false);
        try
        {
            // Some editors and frameworks write a byte order mark before JSON, which a parser may ignore (RFC 8259 section 8.1).
            var json = answer.AsMemory(answer.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
            if (!Utf8.IsValid(json.Span)) throw new AnswerFault("the answer is not valid UTF-8.");
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return read(Result(AnswerObject.Root(document.RootElement)));
        }
        catch (JsonException exception)
        {
            log.Unusable($"invalid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
        catch (AnswerFault fault)
        {
            log.Unusable(fault.Message);
        }

        throw new ClientException(ClientErrors.Internal);
    }

    /// <summary>Writes a payload as JSON or, if the settings require it, as base64.</summary>
    /// <exception cref="ClientException">The payload must be JSON and is not.</exception>
    public void WritePayload(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty) return;
        if (settings.IsBinary)
        {
            json.WriteBase64String("b64" + name, payload.Span);
            return;
        }

        json.WritePropertyName(name);
        try
        {
            json.WriteRawValue(payload.Span);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            log.NotSent($"a client's {name} is not JSON; with binary_encoding any bytes are forwarded.");
            throw new ClientException(ClientErrors.BadRequest);
        }
    }

    private async Task<byte[]> SendAsync(ClientContext? client, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = Request(client, write);
        try
        {
            using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK) throw Refused((int)response.StatusCode);
            var answer = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            log.Answered();
            return answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            log.Failed($"the request timed out after {settings.Timeout.TotalMilliseconds} ms.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidOperationException)
        {
            log.Failed(exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message);
        }

        throw new ClientException(ClientErrors.Internal);
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
        settings.WriteHeaders(request, client);
        return request;
    }

    private void WriteClient(Utf8JsonWriter json, ClientContext client)
    {
        json.WriteString("client", client.Id);
        json.WriteString("transport", client.Transport);
        json.WriteString("protocol", client.IsText ? "json" : "protobuf");
        json.WriteString("encoding", settings.IsBinary ? "binary" : "json");
        if (settings.IncludesMeta) WriteMeta(json, client.Meta);
    }

    // Meta comes from the backend or from a token, and is JSON in both.
    private static void WriteMeta(Utf8JsonWriter json, ReadOnlyMemory<byte> meta)
    {
        if (meta.IsEmpty) return;
        json.WritePropertyName("meta");
        json.WriteRawValue(meta.Span);
    }

    private static AnswerObject? Result(AnswerObject answer)
    {
        if (answer.Object("disconnect") is { IsList: false } disconnect) throw new DisconnectException(ProxyAnswer.Disconnect(disconnect));
        if (answer.Object("error") is { IsList: false } error) throw new ClientException(ProxyAnswer.Error(error));
        return answer.Object("result");
    }

    private Exception Refused(int status)
    {
        if (settings.StatusTransforms.FirstOrDefault(transform => transform.Status == status) is not { } transform)
        {
            log.Failed($"status {status}.");
            return new ClientException(ClientErrors.Internal);
        }

        log.Answered();
        return transform.ToException();
    }
}
