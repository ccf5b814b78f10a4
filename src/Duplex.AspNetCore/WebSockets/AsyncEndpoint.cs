using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.WebSockets;

/// <summary>An endpoint whose connections each have a task of their own.</summary>
internal sealed class AsyncEndpoint(Func<AsyncConnection, Task> run, WebSocketConnectionOptions options, ILogger logger) : WebSocketEndpoint
{
    // Sends wait for room, so the queue holds one message above the high-water mark at most.
    public override WebSocketConnectionOptions Options { get; } = options with { SendLimitBytes = int.MaxValue };

    public override IWebSocketHandler Accept(in UpgradeContext context) => new AsyncHandler(run, Options.MaxMessageBytes, logger);
}
