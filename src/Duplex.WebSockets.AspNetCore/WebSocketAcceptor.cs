using Duplex.Execution;
using Duplex.Protocol.Handshake;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Streams;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>Handles the handshakes of one endpoint on Kestrel and runs the connections. RFC 6455 section 4.2.</summary>
internal sealed class WebSocketAcceptor(WebSocketHost host, WebSocketEndpoint endpoint)
{
    public async Task AcceptAsync(HttpContext context)
    {
        var request = new WebSocketRequest(context);
        var options = endpoint.Options;

        var fault = request.Check();
        if (fault != UpgradeFault.None)
        {
            await RefuseAsync(context, request, UpgradeRefusal.Of(fault)).ConfigureAwait(false);
            return;
        }

        if (await CorsOrigin.AllowsAsync(context).ConfigureAwait(false)) options = options with { AllowedOrigins = ["*"] };
        var decision = request.Decide(options);
        if (decision.Refusal is { } refusal)
        {
            await RefuseAsync(context, request, refusal).ConfigureAwait(false);
            return;
        }

        var shard = host.Shards.Next();
        var (handler, connectionOptions, denial) = await AcceptOnOwnerAsync(context, shard, decision.Subprotocol).ConfigureAwait(false);
        if (handler is null)
        {
            await RefuseAsync(context, request, denial!).ConfigureAwait(false);
            return;
        }

        var transport = await UpgradeAsync(context, request, decision).ConfigureAwait(false);
        decision.Compression.TryCreateCodecs(out var inflater, out var deflater);
        var setup = new ConnectionSetup
        {
            Shard = shard,
            Handler = handler,
            Options = connectionOptions,
            Logger = host.Logger,
            Subprotocol = decision.Subprotocol,
            Inflater = inflater,
            Deflater = deflater,
        };
        await host.RunAsync(new StreamConnection(setup, transport)).ConfigureAwait(false);
    }

    private async Task<(IWebSocketHandler? Handler, WebSocketConnectionOptions Options, UpgradeRefusal? Denial)> AcceptOnOwnerAsync(
        HttpContext context, Shard shard, string? subprotocol)
    {
        await new ShardSwitch(shard);
        var accepted = Accept(new UpgradeContext(shard, subprotocol, new RequestView(context)));
        // Kestrel's work for the response must not run on the shard.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return accepted;
    }

    private (IWebSocketHandler? Handler, WebSocketConnectionOptions Options, UpgradeRefusal? Denial) Accept(in UpgradeContext context) =>
        endpoint.Accept(context) is { } handler ? (handler, endpoint.OptionsOf(context), null) : (null, endpoint.Options, endpoint.RefusalOf(context));

    private static async Task<KestrelTransport> UpgradeAsync(HttpContext context, WebSocketRequest request, UpgradeDecision decision)
    {
        var headers = context.Response.Headers;
        if (decision.Subprotocol is not null) headers.SecWebSocketProtocol = decision.Subprotocol;
        if (decision.Compression.Field is not null) headers.SecWebSocketExtensions = decision.Compression.Field;

        // Request time-outs do not apply to a WebSocket, which has no bound on its lifetime and may be idle as long as its
        // peer answers pings.
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (request.Connect is { } connect)
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
            return new KestrelTransport(context, await connect.AcceptAsync().ConfigureAwait(false), isHttp1: false);
        }

        headers.Connection = HeaderNames.Upgrade;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptKey.Compute(request.Key);
        var upgrade = context.Features.GetRequiredFeature<IHttpUpgradeFeature>();
        var socket = KestrelTransport.FindSocket(context);
        return new KestrelTransport(context, await upgrade.UpgradeAsync().ConfigureAwait(false), isHttp1: true, socket);
    }

    private Task RefuseAsync(HttpContext context, WebSocketRequest request, UpgradeRefusal refusal)
    {
        var view = new RequestView(context);
        host.Refusals.Refused(refusal, view.RemoteEndPoint, view.Path, request.Origin, request.Host);
        var response = context.Response;
        response.StatusCode = refusal.Status;
        if (refusal.Status == StatusCodes.Status426UpgradeRequired)
        {
            // RFC 6455 section 4.4, RFC 9110 section 15.5.22.
            response.Headers.SecWebSocketVersion = UpgradeRules.Version;
            if (!HttpProtocol.IsHttp2(context.Request.Protocol))
            {
                response.Headers.Upgrade = "websocket";
                response.Headers.Connection = new StringValues(HeaderNames.Upgrade);
            }
        }

        response.ContentType = "text/plain";
        response.ContentLength = refusal.Reason.Length;
        return response.WriteAsync(refusal.Reason);
    }
}
