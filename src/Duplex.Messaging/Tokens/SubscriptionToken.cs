namespace Duplex.Messaging.Tokens;

/// <summary>What a valid subscription token says.</summary>
public sealed record SubscriptionToken
{
    /// <summary>The user it was made for.</summary>
    public required string User { get; init; }

    /// <summary>The channel it was made for.</summary>
    public required string Channel { get; init; }

    /// <summary>The one connection it was made for; empty for any of the user's.</summary>
    public string Client { get; init; } = "";

    /// <summary>When the subscription expires; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>JSON about the client in this channel for others; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Info { get; init; }

    /// <summary>Custom data of the subscribe reply; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Options of the namespace that the token overrides.</summary>
    public Channels.SubscriptionOverrides Overrides { get; init; } = Channels.SubscriptionOverrides.None;
}
