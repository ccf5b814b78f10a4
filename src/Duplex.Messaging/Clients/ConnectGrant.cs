using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Clients;

/// <summary>A client was let in, as its reply says it.</summary>
public sealed class ConnectGrant
{
    /// <summary>Custom data; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; internal init; }

    /// <summary>Time to live in seconds when the client must refresh the connection; 0 when it need not.</summary>
    public uint TtlSeconds { get; internal init; }

    /// <summary>The subscriptions the server made. Publications flow once they are activated.</summary>
    public IReadOnlyList<SubscriptionGrant> Subscriptions { get; internal init; } = [];

    /// <summary>Seconds between pings; 0 when none are sent.</summary>
    public uint PingSeconds { get; internal init; }

    /// <summary>The server's time in Unix milliseconds; 0 when it is not told.</summary>
    public long Time { get; internal init; }
}
