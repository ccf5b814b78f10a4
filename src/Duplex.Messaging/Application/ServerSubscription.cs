namespace Duplex.Messaging.Application;

/// <summary>A subscription that the server makes for a client. A string converts to one.</summary>
/// <param name="Channel">The channel's name.</param>
public sealed record ServerSubscription(string Channel)
{
    /// <summary>Custom data that the client receives with the subscription: JSON, or unchanged when it is bytes. Null: none.</summary>
    public object? Data { get; init; }

    /// <summary>Information about the client in this channel that other clients receive; encoded as <see cref="Data"/>.</summary>
    public object? Info { get; init; }

    /// <summary>The expiry of the subscription; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Options of the namespace that this subscription overrides.</summary>
    public Channels.SubscriptionOverrides Overrides { get; init; } = Channels.SubscriptionOverrides.None;

    /// <summary>Creates a subscription with the options of the channel's namespace.</summary>
    public static implicit operator ServerSubscription(string channel) => new(channel);

    /// <summary>Creates a subscription with the options of the channel's namespace.</summary>
    public static ServerSubscription FromString(string channel) => new(channel);
}
