namespace Duplex.Messaging.Channels;

/// <summary>Namespace options that one subscription has its own way; null keeps the namespace's.</summary>
public sealed record SubscriptionOverrides
{
    /// <summary>Overrides nothing.</summary>
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
}
