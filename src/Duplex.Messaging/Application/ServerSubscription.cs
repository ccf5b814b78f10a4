namespace Duplex.Messaging.Application;

/// <summary>A subscription that the server makes for a client. A string converts to one.</summary>
/// <param name="Channel">The channel's name.</param>
public sealed record ServerSubscription(string Channel)
{
    /// <summary>Custom data the client gets with the subscription; JSON, or bytes as they are. Null: none.</summary>
    public object? Data { get; init; }

    /// <summary>About the client in this channel, shown to others; as <see cref="Data"/>.</summary>
    public object? Info { get; init; }

    /// <summary>When the subscription expires; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Options of the namespace that this subscription has its own way.</summary>
    public Channels.SubscriptionOverrides Overrides { get; init; } = Channels.SubscriptionOverrides.None;

    /// <summary>Makes a subscription with the options of the channel's namespace.</summary>
    public static implicit operator ServerSubscription(string channel) => new(channel);

    /// <summary>Makes a subscription with the options of the channel's namespace.</summary>
    public static ServerSubscription FromString(string channel) => new(channel);
}
