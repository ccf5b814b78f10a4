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

/// <summary>Asks the backend one kind of question over HTTP. Safe from any thread.</summary>
internal sealed class ProxyClient(HttpClient http, ProxySettings settings, TimeProvider time, BackendLog log)
{
    // Of an answer with data in it, which may be nested that deep by itself.
    private const int MaxDepth = 2 * JsonData.MaxDepth;

    /// <summary>Asks, and returns what is read from the answer's result.</summary>
    /// <param name="client">Whom the question is about; null: nobody.</param>
    /// <param name="write">Writes what the question asks.</param>
    /// <param name="read">Reads the result; null when there is none.</param>
    /// <param name="cancellationToken">Ends the wait because nobody needs the answer any more.</param>
    /// <exception cref="ClientException">The backend answered with an error or a status that means one, or did not answer as agreed: then the error is internal.</exception>
    /// <exception cref="DisconnectException">The backend wants the client gone.</exception>
    public async Task<T> AskAsync<T>(ClientContext? client, Action<Utf8JsonWriter> write, Func<AnswerObject?, T> read, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(client, write, cancellationToken).ConfigureAwait(false);
        try
        {
            // The Notepads of this world put a byte order mark before JSON (RFC 8259 section 8.1).
            var json = answer.AsMemory(answer.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
            if (!Utf8.IsValid(json.Span)) throw new AnswerFault("the answer is not UTF-8.");
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return read(Result(AnswerObject.Root(document.RootElement)));
        }
        catch (JsonException exception)
        {
            log.Unusable($"no JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
        catch (AnswerFault fault)
        {
            log.Unusable(fault.Message);
        }

        throw new ClientException(ClientErrors.Internal);
    }

    /// <summary>Writes a payload as the settings say.</summary>
    /// <exception cref="ClientException">It is to be JSON and is none.</exception>
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
            log.NotAsked($"a client's {name} is not JSON: binary_encoding passes any bytes on.");
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
            log.Failed($"no answer within {settings.Timeout.TotalMilliseconds} ms.");
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

    // The backend's own, or a token's: JSON in both.
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
