namespace Duplex.WebSockets.Hosting;

/// <summary>
/// Decides, for a host that reads requests itself (an event loop), whether an upgrade request stays with it.
/// The ASP.NET Core layer implements it from its mapped endpoints. Safe from any thread.
/// </summary>
public interface IUpgradeRouter
{
    /// <summary>The endpoint that takes upgrades for this path and host, or null when the request is not for us.</summary>
    /// <param name="path">The path as sent, percent-encoded, without the query.</param>
    /// <param name="host">The Host header's value.</param>
    WebSocketEndpoint? Find(ReadOnlySpan<byte> path, ReadOnlySpan<byte> host);
}
