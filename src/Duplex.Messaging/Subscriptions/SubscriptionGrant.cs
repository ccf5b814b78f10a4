using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Subscriptions;

/// <summary>
/// A subscription that was made, as its reply says it. Live publications are held back until the dialect has
/// written the reply and called <see cref="Clients.Client.Activate"/>.
/// </summary>
public sealed class SubscriptionGrant
{
    internal SubscriptionGrant(Subscription subscription) => Subscription = subscription;

    /// <summary>The channel.</summary>
    public string Channel => Subscription.Channel;

    /// <summary>What is delivered.</summary>
    public SubscriptionType Type { get; internal init; }

    /// <summary>Whether the position is checked.</summary>
    public bool IsPositioned { get; internal init; }

    /// <summary>Whether the client may recover later.</summary>
    public bool IsRecoverable { get; internal init; }

    /// <summary>Where the client stands: the position it recovered from, else the top of the stream.</summary>
    public StreamPosition Position { get; internal init; }

    /// <summary>Whether recovery was asked for.</summary>
    public bool WasRecovering { get; internal init; }

    /// <summary>Whether nothing is missing.</summary>
    public bool IsRecovered { get; internal init; }

    /// <summary>What was missed, in order.</summary>
    public IReadOnlyList<Publication> Publications { get; internal init; } = [];

    /// <summary>Custom data; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; internal init; }

    /// <summary>Whether deltas were granted.</summary>
    public bool Delta { get; internal init; }

    /// <summary>The channel's number; 0 when it goes by name.</summary>
    public long ChannelId { get; internal init; }

    /// <summary>Time to live in seconds when the client must refresh the subscription; 0 when it need not.</summary>
    public uint TtlSeconds { get; internal init; }

    /// <summary>How far a subscription of a map has come; null for other kinds.</summary>
    public MapPage? Map { get; internal init; }

    internal Subscription Subscription { get; }
}
