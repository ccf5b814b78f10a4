using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Subscriptions;

/// <summary>The options of a subscription that a token, a handler or the server sets.</summary>
internal sealed record SubscriptionSettings
{
    public static SubscriptionSettings Default { get; } = new();

    public static SubscriptionSettings ServerSide { get; } = new() { IsServerSide = true };

    public ReadOnlyMemory<byte> Info { get; init; }

    public ReadOnlyMemory<byte> Data { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public SubscriptionOverrides Overrides { get; init; } = SubscriptionOverrides.None;

    /// <summary>Whether the client renews the subscription with tokens.</summary>
    public bool IsRefreshedByClient { get; init; }

    public bool IsServerSide { get; init; }
}
