using System.Text;
using Duplex.AspNetCore.Hosting;
using Duplex.Centrifuge.Codecs;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Commands;
using Duplex.WebSockets.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using SessionOptions = Duplex.Centrifuge.Session.SessionOptions;

namespace Duplex.AspNetCore.Streams;

/// <summary>Maps the endpoints of clients whose network blocks WebSockets: streamed responses, and requests that carry commands.</summary>
internal sealed class StreamEndpoints(
    Hub hub, WebSocketHost host, TransportOptions options, HttpContextUser? user, ConnectionRate rate, CrossOrigin crossOrigin, RequestRefusalLog log, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const string BinaryType = "application/octet-stream";
    private const string ConnectParameter = "cf_connect";
    private const string NoCache = "private, no-cache, no-store, must-revalidate, max-age=0";

    private readonly bool _maySkip = options.MaxDeliveryDelayOf(hub.Options) is not null;
    private readonly StreamSessions _sessions = new();
    private readonly BodyReader _bodies = new(options.MessageTimeout, time, lifetime.ApplicationStopping);
    private readonly StreamTimes _times = new(options.CloseTimeout, options.WriteTimeoutOf(hub.Options), time);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        lifetime.ApplicationStopping.Register(_sessions.Shutdown);
        MapStream(endpoints, options.HttpStream, takesGet: false,
            static request => request.ContentType == BinaryType ? StreamKind.Protobuf : StreamKind.JsonLines);
        MapStream(endpoints, options.Sse, takesGet: true, static _ => StreamKind.Events);
        MapStream(endpoints, options.OneWayHttpStream, takesGet: false, static _ => StreamKind.OneWayLines);
        MapStream(endpoints, options.OneWaySse, takesGet: true, static _ => StreamKind.OneWayEvents);
        if (!options.Emulation.IsEnabled) return;
        endpoints.MapPost(options.Emulation.Path, (RequestDelegate)EmulateAsync);
        MapPreflight(endpoints, options.Emulation.Path);
    }

    private void MapStream(IEndpointRouteBuilder endpoints, ClientEndpointOptions endpoint, bool takesGet, Func<HttpRequest, StreamKind> kindOf)
    {
        if (!endpoint.IsEnabled) return;
        var maxBytes = options.MaxBytesOf(endpoint);
        string[] methods = takesGet ? [HttpMethods.Get, HttpMethods.Post] : [HttpMethods.Post];
        endpoints.MapMethods(endpoint.Path, methods, (RequestDelegate)(context => StreamAsync(context, kindOf(context.Request), maxBytes)));
        MapPreflight(endpoints, endpoint.Path);
    }

    // Browsers send preflight requests without credentials (Fetch standard, 4.8), so no authorization applies to them.
    private void MapPreflight(IEndpointRouteBuilder endpoints, string path) =>
        endpoints.MapMethods(path, [HttpMethods.Options], (RequestDelegate)crossOrigin.AnswerPreflightAsync).AllowAnonymous();

    private async Task StreamAsync(HttpContext context, StreamKind kind, int maxBytes)
    {
        if (!await crossOrigin.AllowAsync(context).ConfigureAwait(false)) return;
        if (kind is { IsEventStream: true, IsOneWay: true } && LastEvent.IsFinal(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (!rate.TryTake())
        {
            Refuse(context, StatusCodes.Status503ServiceUnavailable, $"{ConnectionRate.Refusal.Reason} {ConnectionRate.Refusal.Advice}");
            return;
        }

        var (first, status) = await ReadFirstAsync(context, kind, maxBytes).ConfigureAwait(false);
        if (first is null)
        {
            Refuse(context, status, FaultOf(status, maxBytes));
            return;
        }

        var session = Guid.NewGuid().ToString();
        var connection = new ResponseConnection(context);
        var features = new ClientFeatures
        {
            IsUnidirectional = kind.IsOneWay,
            Session = session,
            Node = hub.NodeId,
            RemoteEndPoint = RemoteOf(context),
        };
        var client = new StreamClient(kind, host.Shards.Next(), connection, options.Describe(features, context, user), _times, _maySkip);
        _sessions.Add(session, client);
        try
        {
            var sessionOptions = new SessionOptions { OneWayDisconnects = options.OneWayDisconnects.AsReadOnly() };
            client.Open(hub, sessionOptions, first);
            if (!await IsRefusedAsync(context, kind, client).ConfigureAwait(false)) await RunAsync(context, kind, client, connection).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The peer disconnected before the first frame.
        }
        finally
        {
            client.EndRequest();
            _sessions.Remove(session);
        }
    }

    // The status determines whether an EventSource reconnects, so the response header waits for the outcome of the connect.
    private static async Task<bool> IsRefusedAsync(HttpContext context, StreamKind kind, StreamClient client)
    {
        if (kind is not { IsEventStream: true, IsOneWay: true }) return false;
        var refusal = await client.Started.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        if (refusal is null || LastEvent.StatusOf(refusal) is not { } status) return false;
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = NoCache;
        context.Response.ContentType = "application/json";
        var push = kind.Wire.EncodeDisconnect(refusal);
        var body = ((ByteFrame)push).Bytes[EventFraming.Prefix.Length..].TrimEnd((byte)'\n').ToArray();
        push.Release();
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        return true;
    }

    private static async Task RunAsync(HttpContext context, StreamKind kind, StreamClient client, ResponseConnection connection)
    {
        WriteHead(context, kind);
        connection.AnnounceEnd();
        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        if (kind.IsEventStream) await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted).ConfigureAwait(false);
        await client.RunAsync(context.Response.BodyWriter, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<(byte[]? First, int Status)> ReadFirstAsync(HttpContext context, StreamKind kind, int maxBytes)
    {
        if (!HttpMethods.IsGet(context.Request.Method)) return await _bodies.ReadAsync(context.Request, maxBytes).ConfigureAwait(false);
        var text = context.Request.Query[ConnectParameter].ToString();
        if (text.Length == 0 && kind.IsOneWay) text = "{}";
        var first = Encoding.UTF8.GetBytes(text);
        return kind.IsOneWay || IsConnectAlone(kind, first) ? (first, StatusCodes.Status200OK) : (null, StatusCodes.Status400BadRequest);
    }

    // Commands with side effects require POST, because any page can cause a GET request with cookies.
    private static bool IsConnectAlone(StreamKind kind, ReadOnlySpan<byte> first)
    {
        var codec = kind.Wire.Codec;
        return codec.ReadCommand(ref first, out var command, out _) == CommandStatus.Command
            && command.Request is ConnectRequest
            && codec.ReadCommand(ref first, out _, out _) == CommandStatus.End;
    }

    private static void WriteHead(HttpContext context, StreamKind kind)
    {
        // Intermediaries must not buffer the stream, and Kestrel must not abort a slow one: WriteTimeout applies instead.
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
        var headers = context.Response.Headers;
        headers["X-Accel-Buffering"] = "no";
        headers.CacheControl = NoCache;
        headers.Pragma = "no-cache";
        if (kind.IsEventStream) context.Response.ContentType = "text/event-stream; charset=utf-8";
    }

    private async Task EmulateAsync(HttpContext context)
    {
        if (!await crossOrigin.AllowAsync(context).ConfigureAwait(false)) return;
        var maxBytes = options.MaxBytesOf(options.Emulation);
        var (body, status) = await _bodies.ReadAsync(context.Request, maxBytes).ConfigureAwait(false);
        if (body is null) Refuse(context, status, FaultOf(status, maxBytes));
        else Emulate(context, body);
    }

    private void Emulate(HttpContext context, byte[] body)
    {
        var kind = context.Request.ContentType == BinaryType ? StreamKind.Protobuf : StreamKind.JsonLines;
        if (!kind.Wire.Codec.TryReadEmulation(body, out var request, out var fault))
        {
            Refuse(context, StatusCodes.Status400BadRequest, $"The body is malformed at byte {fault.Offset}: {fault.Reason}.");
            return;
        }

        if (request.Node != hub.NodeId)
        {
            Refuse(context, StatusCodes.Status404NotFound, "The session belongs to another node, or to this one before a restart: route the requests of a client to one node.");
            return;
        }

        // A session that has just ended is not an error: its stream reports the end to the client.
        if (_sessions.Find(request.Session) is { IsOneWay: false } client)
        {
            if (user?.IsSame(context.User, client.Features) == false)
            {
                Refuse(context, StatusCodes.Status403Forbidden, "The user of the request is not the user of the session's stream.");
                return;
            }

            client.Receive(request.Data.ToArray());
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private void Refuse(HttpContext context, int status, string reason)
    {
        log.Refused("A client request", context, status, reason);
        context.Response.StatusCode = status;
    }

    private string FaultOf(int status, int maxBytes) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => $"The body has more than {maxBytes} bytes: raise the limit of messages if clients need more.",
        StatusCodes.Status408RequestTimeout => $"The body did not arrive within {options.MessageTimeout} (MessageTimeout).",
        StatusCodes.Status503ServiceUnavailable => "The server is shutting down.",
        _ => $"The parameter {ConnectParameter} does not contain exactly one connect command.",
    };

    private static System.Net.IPEndPoint? RemoteOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? new(address, context.Connection.RemotePort) : null;
}
