namespace Duplex.Messaging.Channels;

/// <summary>Per-subscription overrides of namespace options. Null uses the namespace's value.</summary>
public sealed record SubscriptionOverrides
{
    /// <summary>No overrides.</summary>
    public static SubscriptionOverrides None { get; } = new();

    /// <summary>Overrides <see cref="NamespaceOptions.Presence"/>.</summary>
    public bool? Presence { get; init; }

    /// <summary>Overrides <see cref="NamespaceOptions.JoinLeave"/>.</summary>
    public bool? JoinLeave { get; init; }

    /// <summary>Overrides <see cref="NamespaceOptions.ForceJoinLeave"/>.</summary>
    public bool? ForceJoinLeave { get; init; }

    /// <summary>Overrides <see cref="NamespaceOptions.Positioning"/>.</summary>
    public bool? Positioning { get; init; }

    /// <summary>Overrides <see cref="NamespaceOptions.Recovery"/>.</summary>
    public bool? Recovery { get; init; }

    /// <summary>
    /// The pace of the subscription, in place of the one that the client requests (<see cref="NamespaceOptions.AllowPace"/>). Requires
    /// <see cref="NamespaceOptions.MaxPaceDelay"/>. Null: the client's, or none.
    /// </summary>
    public SubscriptionPace? Pace { get; init; }
}
