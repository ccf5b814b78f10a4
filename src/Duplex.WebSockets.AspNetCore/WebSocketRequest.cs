using Duplex.Protocol.Handshake;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>
/// Represents an ASP.NET Core request as a handshake: an upgrade over HTTP/1.1, or an extended CONNECT over HTTP/2 (RFC
/// 8441).
/// </summary>
internal readonly struct WebSocketRequest(HttpContext context)
{
    public IHttpExtendedConnectFeature? Connect =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" } feature ? feature : null;

    public string? Origin => Field(HeaderNames.Origin);

    // HttpRequest.Host is not used, because it throws for a malformed host.
    public string? Host => Field(HeaderNames.Host);

    public string? Key => Field(HeaderNames.SecWebSocketKey);

    /// <summary>Validates the handshake by the engine's rules.</summary>
    public UpgradeFault Check()
    {
        var request = context.Request;
        var fields = new UpgradeFields
        {
            Method = request.Method,
            IsHttp11 = !HttpProtocol.IsHttp10(request.Protocol),
            Host = Host,
            Connection = Field(HeaderNames.Connection),
            Upgrade = Field(HeaderNames.Upgrade),
            Key = Key,
            Version = Field(HeaderNames.SecWebSocketVersion),
            Subprotocols = Field(HeaderNames.SecWebSocketProtocol),
            ContentLength = Field(HeaderNames.ContentLength),
            TransferEncoding = Field(HeaderNames.TransferEncoding),
        };
        return Connect is null ? UpgradeRules.Check(fields) : UpgradeRules.CheckConnect(fields);
    }

    /// <summary>Applies the endpoint's options to the request.</summary>
    public UpgradeDecision Decide(WebSocketConnectionOptions options)
    {
        UpgradeRules.TryReadSubprotocols(Field(HeaderNames.SecWebSocketProtocol), out var offered);
        return UpgradePolicy.Decide(
            options, Origin, Host ?? "", offered, Field(HeaderNames.SecWebSocketExtensions));
    }

    private string? Field(string name) => context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
