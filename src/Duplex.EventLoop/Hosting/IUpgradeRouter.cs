using Duplex.WebSockets.Hosting;

namespace Duplex.EventLoop.Hosting;

/// <summary>Decides whether an upgrade request stays on the loop that has read it. Safe from any thread.</summary>
internal interface IUpgradeRouter
{
    /// <summary>Finds the endpoint that takes upgrades for this path and host; null leaves the request to Kestrel.</summary>
    /// <param name="path">The path as sent, percent-encoded, without the query.</param>
    /// <param name="host">The Host header's value.</param>
    WebSocketEndpoint? Find(ReadOnlySpan<byte> path, ReadOnlySpan<byte> host);
}
