using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Subscriptions;

/// <summary>What a token, a handler or the server says about a subscription.</summary>
internal sealed record SubscriptionTerms
{
    public static SubscriptionTerms Default { get; } = new();

    public static SubscriptionTerms ServerSide { get; } = new() { IsServerSide = true };

    public ReadOnlyMemory<byte> Info { get; init; }

    public ReadOnlyMemory<byte> Data { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public SubscriptionOverrides Overrides { get; init; } = SubscriptionOverrides.None;

    /// <summary>Whether the client renews it with tokens.</summary>
    public bool IsRefreshedByClient { get; init; }

    public bool IsServerSide { get; init; }
}
