using Duplex.WebSockets.Hosting;

namespace Duplex.EventLoop.Hosting;

/// <summary>Decides whether an upgrade request stays on the loop that read it. Safe from any thread.</summary>
internal interface IUpgradeRouter
{
    /// <summary>Returns the endpoint that accepts upgrades for this path and host; null hands the request over to Kestrel.</summary>
    /// <param name="path">The path as sent, percent-encoded, without the query.</param>
    /// <param name="host">The Host header's value.</param>
    WebSocketEndpoint? Find(ReadOnlySpan<byte> path, ReadOnlySpan<byte> host);
}
