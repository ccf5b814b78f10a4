using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>Represents an endpoint that runs a task for each connection.</summary>
internal sealed class AsyncEndpoint(Func<AsyncConnection, Task> run, WebSocketConnectionOptions options, ILogger logger) : WebSocketEndpoint
{
    /// <summary>
    /// Limit: bytes of messages that wait for a connection's task, above which the connection stops reading from its peer.
    /// One message of any permitted size always fits.
    /// </summary>
    private const int MaxReceiveQueueBytes = 1024 * 1024;

    // Sends wait for room, so the queue exceeds the high-water mark by one message at most.
    public override WebSocketConnectionOptions Options { get; } = options with { MaxQueuedBytes = null };

    public override IWebSocketHandler Accept(in UpgradeContext context) =>
        new AsyncHandler(run, Math.Min(Options.MaxMessageBytes, MaxReceiveQueueBytes), logger);
}
