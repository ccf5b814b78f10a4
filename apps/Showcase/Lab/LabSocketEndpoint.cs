using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;

namespace Showcase.Lab;

/// <summary>Accepts WebSockets of a run, such as <c>/lab/{run}/socket</c>.</summary>
internal sealed class LabSocketEndpoint(LabRuns runs, WebSocketConnectionOptions options, Func<LabRun, IWebSocketHandler> handlerOf) : WebSocketEndpoint
{
    private static readonly UpgradeRefusal NoRun = new(404, "There is no such run: start one.");

    public override WebSocketConnectionOptions Options => options;

    public override IWebSocketHandler? Accept(in UpgradeContext context) =>
        runs.TryFind(IdOf(context), out var run) ? handlerOf(run) : null;

    public override UpgradeRefusal RefusalOf(in UpgradeContext context) => NoRun;

    private static string? IdOf(in UpgradeContext context) => context.Path.Split('/') is ["", _, var run, _] ? run : null;
}
