using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>An endpoint whose connections each have a task of their own.</summary>
internal sealed class AsyncEndpoint(Func<AsyncConnection, Task> run, WebSocketConnectionOptions options, ILogger logger) : WebSocketEndpoint
{
    /// <summary>
    /// Limit: bytes of messages that wait for the task of a connection, above which nothing more is read from its peer. One
    /// message of any permitted size always fits.
    /// </summary>
    private const int MaxReceiveQueueBytes = 1024 * 1024;

    // Sends wait for room, so the queue holds one message above the high-water mark at most.
    public override WebSocketConnectionOptions Options { get; } = options with { MaxQueuedBytes = null };

    public override IWebSocketHandler Accept(in UpgradeContext context) =>
        new AsyncHandler(run, Math.Min(Options.MaxMessageBytes, MaxReceiveQueueBytes), logger);
}
