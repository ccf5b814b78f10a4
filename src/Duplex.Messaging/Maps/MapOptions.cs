using Duplex.Configuration;

namespace Duplex.Messaging.Maps;

/// <summary>Options of the maps of a namespace; they apply when <see cref="Channels.NamespaceOptions.SubscriptionType"/> is map or one of its presence kinds.</summary>
public sealed class MapOptions
{
    /// <summary>The state that a map retains. Default: the entries alone.</summary>
    public MapMode Mode { get; set; }

    /// <summary>
    /// Lifetime of an entry after its last change. It must be set unless <see cref="Mode"/> is persistent, where it must be null; presence
    /// maps use the hub's presence time when it is null.
    /// </summary>
    /// <value>From 1 ms to 36,500 days, or null for entries that do not expire. Default null.</value>
    [TimeRange("00:00:00.001", "36500.00:00:00", Null = "entries that do not expire")]
    public TimeSpan? KeyTtl { get; set; }

    /// <summary>Whether entries are ordered by score, then key; otherwise by key alone. Default false.</summary>
    public bool Ordered { get; set; }

    /// <summary>Changes retained for clients that catch up, unless <see cref="Mode"/> is ephemeral.</summary>
    /// <value>From 1 to 1,000,000 changes. Default 100.</value>
    [NumberRange(1, 1_000_000, "changes")]
    public int StreamSize { get; set; } = 100;

    /// <summary>Lifetime of a change in the stream.</summary>
    /// <value>From 1 ms to 36,500 days. Default 60 s.</value>
    [TimeRange("00:00:00.001", "36500.00:00:00")]
    public TimeSpan StreamTtl { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The entry that a client changes. Default: the one whose key it sends.</summary>
    public MapClientKey ClientKey { get; set; }

    /// <summary>Whether the entry under a client's id is removed when the client leaves the channel. Default false.</summary>
    public bool RemoveClientOnUnsubscribe { get; set; }

    /// <summary>Lets users publish. Default false.</summary>
    public bool AllowPublish { get; set; }

    /// <summary>Lets subscribers publish. Default false.</summary>
    public bool AllowPublishForSubscriber { get; set; }

    /// <summary>Extends <see cref="AllowPublish"/> to anonymous clients. Default false.</summary>
    public bool AllowPublishForAnonymous { get; set; }

    /// <summary>Lets users remove entries. Default false.</summary>
    public bool AllowRemove { get; set; }

    /// <summary>Lets subscribers remove entries. Default false.</summary>
    public bool AllowRemoveForSubscriber { get; set; }

    /// <summary>Extends <see cref="AllowRemove"/> to anonymous clients. Default false.</summary>
    public bool AllowRemoveForAnonymous { get; set; }

    /// <summary>Maximum number of entries of one map; a further one is refused with 106. Presence maps are bounded by their clients instead.</summary>
    /// <value>From 1 to 2,147,483,647 entries. Default 10,000.</value>
    [NumberRange(1, int.MaxValue, "entries")]
    public int MaxKeys { get; set; } = 10_000;

    /// <summary>Maximum number of entries of one map that the same client was the last to change; a further one is refused with 106.</summary>
    /// <value>From 1 to 2,147,483,647 entries. Default 1,000.</value>
    [NumberRange(1, int.MaxValue, "entries")]
    public int MaxKeysPerClient { get; set; } = 1000;

    /// <summary>
    /// Maximum number of maps of the namespace: a further one replaces an empty one, or is refused with 106 when there is none. Presence
    /// maps are bounded by their clients instead.
    /// </summary>
    /// <value>From 1 to 2,147,483,647 maps. Default 100,000.</value>
    [NumberRange(1, int.MaxValue, "maps")]
    public int MaxChannels { get; set; } = 100_000;

    /// <summary>Number of entries in a page when the client requests none.</summary>
    /// <value>From 1 to 1,000,000 entries. Default 100.</value>
    [NumberRange(1, 1_000_000, "entries")]
    public int DefaultPageSize { get; set; } = 100;

    /// <summary>Minimum number of entries in a page; a client that requests fewer receives this many.</summary>
    /// <value>From 1 to 1,000,000 entries. Default 100.</value>
    [NumberRange(1, 1_000_000, "entries")]
    public int MinPageSize { get; set; } = 100;

    /// <summary>Maximum number of entries in a page; a client that requests more receives this many. At least <see cref="MinPageSize"/>.</summary>
    /// <value>From 1 to 1,000,000 entries. Default 1,000.</value>
    [NumberRange(1, 1_000_000, "entries")]
    public int MaxPageSize { get; set; } = 1000;

    /// <summary>Time for a client to get from its first page to live changes; a slower client is disconnected with 3008.</summary>
    /// <value>From 1 ms to 30 days. Default 5 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan CatchUpTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
