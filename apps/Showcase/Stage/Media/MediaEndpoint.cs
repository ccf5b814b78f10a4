using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Showcase.Visitors;

namespace Showcase.Stage.Media;

/// <summary>Accepts the WebSockets of a stage's media, such as <c>/webinar/{stage}/watch</c>.</summary>
/// <param name="options">The options of the connections.</param>
/// <param name="places">The places of the connections.</param>
/// <param name="handlerOf">Creates the handler for a stage and the query of the request; null when there is no such stage or ticket.</param>
internal sealed class MediaEndpoint(WebSocketConnectionOptions options, Places places, Func<string, string, Action, IWebSocketHandler?> handlerOf) : WebSocketEndpoint
{
    private static readonly UpgradeRefusal Refused = new(403, "There is no such stage, the ticket was used, or too many connections are open.");

    public override WebSocketConnectionOptions Options => options;

    public override IWebSocketHandler? Accept(in UpgradeContext context)
    {
        if (context.Path.Split('/') is not ["", _, var stage, _] || places.Take(context.RemoteEndPoint) is not { } leave) return null;
        var handler = handlerOf(stage, context.Query, leave);
        if (handler is null) leave();
        return handler;
    }

    public override UpgradeRefusal RefusalOf(in UpgradeContext context) => Refused;
}
