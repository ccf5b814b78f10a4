namespace Duplex.Messaging.Tokens;

/// <summary>The claims of a valid subscription token.</summary>
public sealed record SubscriptionToken
{
    /// <summary>The user for whom the token was issued.</summary>
    public required string User { get; init; }

    /// <summary>The channel for which the token was issued.</summary>
    public required string Channel { get; init; }

    /// <summary>The id of the only client that may use the token; empty for any client of the user.</summary>
    public string Client { get; init; } = "";

    /// <summary>The expiry of the subscription; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>JSON about the client in this channel that other clients receive; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Info { get; init; }

    /// <summary>Custom data of the subscribe reply; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Options of the namespace that the token overrides.</summary>
    public Channels.SubscriptionOverrides Overrides { get; init; } = Channels.SubscriptionOverrides.None;
}
