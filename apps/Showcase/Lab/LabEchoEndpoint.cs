using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Showcase.Waiting;

namespace Showcase.Lab;

/// <summary>Accepts the WebSockets that return each message.</summary>
internal sealed class LabEchoEndpoint(Waiters places, WebSocketConnectionOptions options) : WebSocketEndpoint
{
    private static readonly UpgradeRefusal Full = new(429, "Too many WebSockets of the laboratory are open: close a page that uses one.");

    public override WebSocketConnectionOptions Options => options;

    public override IWebSocketHandler? Accept(in UpgradeContext context) => places.TryEnter() ? new LabEcho(places) : null;

    public override UpgradeRefusal RefusalOf(in UpgradeContext context) => Full;
}
