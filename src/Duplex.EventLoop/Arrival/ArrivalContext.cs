using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Loops;
using Duplex.Protocol.Handshake;
using Duplex.WebSockets.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;

namespace Duplex.EventLoop.Arrival;

/// <summary>The services and limits that the arriving connections of one address share. Safe from any thread.</summary>
internal sealed class ArrivalContext
{
    public required LoopGroup Group { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The router that finds endpoints; null when the application maps none.</summary>
    public required IUpgradeRouter? Router { get; init; }

    /// <summary>The scheme of the address that accepted the connections.</summary>
    public required ListenerScheme Scheme { get; init; }

    /// <summary>Receives the descriptors of connections for Kestrel, with no byte consumed, and owns them from then on.</summary>
    public required Action<int> HandOver { get; init; }

    public required TimeSpan HeadTimeout { get; init; }

    public required ForwardedAddress Forwarded { get; init; }

    public required RefusalLog Refusals { get; init; }

    public HandshakeLimits HandshakeLimits { get; init; } = HandshakeLimits.Default;

    public ObjectPool<ArrivingConnection> Arrivals => field ??= ArrivingConnection.CreatePool(this);
}
