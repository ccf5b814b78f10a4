using System.Text;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Sharding;
using Duplex.AspNetCore.WebSockets;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using SessionOptions = Duplex.Centrifuge.Session.SessionOptions;

namespace Duplex.AspNetCore.Streams;

/// <summary>The endpoints for clients whose network blocks WebSockets: responses that never end, and requests that carry commands.</summary>
internal sealed class StreamEndpoints(
    Hub hub, WebSocketHost host, TransportOptions options, ConnectionRate rate, CrossOrigin crossOrigin, IHostApplicationLifetime lifetime)
{
    private const string BinaryType = "application/octet-stream";
    private const string ConnectParameter = "cf_connect";
    private const string NoCache = "private, no-cache, no-store, must-revalidate, max-age=0";

    private readonly StreamSessions _sessions = new();

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
        endpoints.MapMethods(options.Emulation.Path, [HttpMethods.Options], (RequestDelegate)crossOrigin.AnswerPreflight);
    }

    private void MapStream(IEndpointRouteBuilder endpoints, ClientEndpointOptions endpoint, bool takesGet, Func<HttpRequest, StreamKind> kindOf)
    {
        if (!endpoint.IsEnabled) return;
        var maxBytes = options.MaxBytesOf(endpoint);
        string[] methods = takesGet ? [HttpMethods.Get, HttpMethods.Post] : [HttpMethods.Post];
        endpoints.MapMethods(endpoint.Path, methods, (RequestDelegate)(context => StreamAsync(context, kindOf(context.Request), maxBytes)));
        endpoints.MapMethods(endpoint.Path, [HttpMethods.Options], (RequestDelegate)crossOrigin.AnswerPreflight);
    }

    private async Task StreamAsync(HttpContext context, StreamKind kind, int maxBytes)
    {
        if (!crossOrigin.Allow(context)) return;
        if (!rate.TryTake())
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var first = await ReadFirstAsync(context, kind, maxBytes).ConfigureAwait(false);
        if (first is null) return;

        WriteHead(context, kind);
        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        if (kind.IsEventStream) await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted).ConfigureAwait(false);

        var session = Guid.NewGuid().ToString();
        var client = new StreamClient(kind, OwnerShard.Of(host.Owners.Next()));
        _sessions.Add(session, client);
        try
        {
            var features = new ClientFeatures
            {
                IsUnidirectional = kind.IsOneWay,
                Session = session,
                RemoteEndPoint = RemoteOf(context),
            };
            var told = new SessionOptions { Session = session, Node = hub.NodeId, OneWayDisconnects = options.OneWayDisconnects.AsReadOnly() };
            client.Open(hub, kind, options.Know(features, name => context.Request.Headers[name].ToString()), told, first);
            await client.RunAsync(context.Response.BodyWriter, context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            _sessions.Remove(session);
        }
    }

    private static async Task<byte[]?> ReadFirstAsync(HttpContext context, StreamKind kind, int maxBytes)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            var text = context.Request.Query[ConnectParameter].ToString();
            if (text.Length == 0 && kind.IsOneWay) text = "{}";
            if (text.Length > 0) return Encoding.UTF8.GetBytes(text);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }

        var body = await BodyReader.ReadAsync(context.Request, maxBytes).ConfigureAwait(false);
        if (body is null) context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return body;
    }

    private static void WriteHead(HttpContext context, StreamKind kind)
    {
        // Nothing between us and the client may hold the stream back, nor may Kestrel end it for being slow.
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
        if (!crossOrigin.Allow(context)) return;
        var body = await BodyReader.ReadAsync(context.Request, options.MaxBytesOf(options.Emulation)).ConfigureAwait(false);
        if (body is null)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var kind = context.Request.ContentType == BinaryType ? StreamKind.Protobuf : StreamKind.JsonLines;
        if (!kind.Wire.Codec.TryReadEmulation(body, out var request, out _))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (request.Node != hub.NodeId)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // A session that has just ended is no error: its client learns it from its stream.
        if (_sessions.Find(request.Session) is { IsOneWay: false } client) client.Receive(request.Data.ToArray());
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static System.Net.IPEndPoint? RemoteOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? new(address, context.Connection.RemotePort) : null;
}
