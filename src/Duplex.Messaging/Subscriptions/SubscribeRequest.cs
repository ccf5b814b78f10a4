using Duplex.Messaging.Channels;
using Duplex.Messaging.Filtering;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Subscriptions;

/// <summary>What a client asks for when it subscribes.</summary>
public readonly record struct SubscribeRequest
{
    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>A subscription token; empty when there is none.</summary>
    public string? Token { get; init; }

    /// <summary>Where to recover from; null to start at the top.</summary>
    public StreamPosition? RecoverSince { get; init; }

    /// <summary>Custom data for the handler; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Asks for positioning.</summary>
    public bool IsPositioned { get; init; }

    /// <summary>Asks for recovery.</summary>
    public bool IsRecoverable { get; init; }

    /// <summary>Asks for joins and leaves.</summary>
    public bool JoinLeave { get; init; }

    /// <summary>Asks for deltas.</summary>
    public bool Delta { get; init; }

    /// <summary>Offers to know the channel by a number.</summary>
    public bool ChannelCompaction { get; init; }

    /// <summary>Wants error 112 in place of a subscription that was not recovered.</summary>
    public bool RejectUnrecovered { get; init; }

    /// <summary>Only publications whose tags fit; null: all.</summary>
    public FilterNode? TagsFilter { get; init; }

    /// <summary>The kind of subscription.</summary>
    public SubscriptionType Type { get; init; }

    /// <summary>Which step of a map subscription; null for other kinds.</summary>
    public MapRequest? Map { get; init; }
}
