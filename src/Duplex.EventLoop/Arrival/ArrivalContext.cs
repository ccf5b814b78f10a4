using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Loops;
using Duplex.Protocol.Handshake;
using Duplex.WebSockets.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;

namespace Duplex.EventLoop.Arrival;

/// <summary>What arriving connections share. Safe from any thread.</summary>
internal sealed class ArrivalContext
{
    public required LoopGroup Group { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Knows the endpoints; null when the application maps none.</summary>
    public required IUpgradeRouter? Router { get; init; }

    /// <summary>What is spoken on the address that the connections come from.</summary>
    public required ListenerScheme Scheme { get; init; }

    /// <summary>Takes a descriptor whose bytes nobody has read.</summary>
    public required Action<int> HandOver { get; init; }

    public required TimeSpan HeadTimeout { get; init; }

    public required ForwardedAddress Forwarded { get; init; }

    public required RefusalLog Refusals { get; init; }

    public HandshakeLimits HandshakeLimits { get; init; } = HandshakeLimits.Default;

    public ObjectPool<ArrivingConnection> Arrivals => field ??= ArrivingConnection.CreatePool(this);
}
