using Duplex.Configuration;

namespace Duplex.Messaging.Maps;

/// <summary>How the maps of a namespace behave; for <see cref="Channels.NamespaceOptions.SubscriptionType"/> map and its presence kinds.</summary>
public sealed class MapOptions
{
    /// <summary>What is remembered. Default: the entries alone.</summary>
    public MapMode Mode { get; set; }

    /// <summary>
    /// Lifetime of an entry after its last change. Must be set unless <see cref="Mode"/> is persistent, where it must not; presence
    /// maps take the hub's presence time when it is null.
    /// </summary>
    /// <value>From 1 ms to 36,500 days, or null for entries that do not expire. Default null.</value>
    [TimeRange("00:00:00.001", "36500.00:00:00", Null = "entries that do not expire")]
    public TimeSpan? KeyTtl { get; set; }

    /// <summary>Orders the entries by score, then key; otherwise by key alone.</summary>
    public bool Ordered { get; set; }

    /// <summary>Changes retained for clients that catch up, unless <see cref="Mode"/> is ephemeral.</summary>
    /// <value>From 1 to 1,000,000 changes. Default 100.</value>
    [NumberRange(1, 1_000_000, "changes")]
    public int StreamSize { get; set; } = 100;

    /// <summary>Lifetime of a change.</summary>
    /// <value>From 1 ms to 36,500 days. Default 60 s.</value>
    [TimeRange("00:00:00.001", "36500.00:00:00")]
    public TimeSpan StreamTtl { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Which entry a client changes. Default: the one it names.</summary>
    public MapClientKey ClientKey { get; set; }

    /// <summary>Removes the entry under a client's id when the client leaves the channel.</summary>
    public bool RemoveClientOnUnsubscribe { get; set; }

    /// <summary>Lets users publish.</summary>
    public bool AllowPublish { get; set; }

    /// <summary>Lets subscribers publish.</summary>
    public bool AllowPublishForSubscriber { get; set; }

    /// <summary>Extends <see cref="AllowPublish"/> to anonymous clients.</summary>
    public bool AllowPublishForAnonymous { get; set; }

    /// <summary>Lets users remove.</summary>
    public bool AllowRemove { get; set; }

    /// <summary>Lets subscribers remove.</summary>
    public bool AllowRemoveForSubscriber { get; set; }

    /// <summary>Extends <see cref="AllowRemove"/> to anonymous clients.</summary>
    public bool AllowRemoveForAnonymous { get; set; }

    /// <summary>Entries of one map; a further one is refused with 106. Presence maps are bounded by their clients instead.</summary>
    /// <value>From 1 to 2,147,483,647 entries. Default 10,000.</value>
    [NumberRange(1, int.MaxValue, "entries")]
    public int MaxKeys { get; set; } = 10_000;

    /// <summary>Entries of one map that the same client was the last to change; a further one is refused with 106.</summary>
    /// <value>From 1 to 2,147,483,647 entries. Default 1,000.</value>
    [NumberRange(1, int.MaxValue, "entries")]
    public int MaxKeysPerClient { get; set; } = 1000;

    /// <summary>
    /// Maps of the namespace: an empty one makes room for a further one, which is otherwise refused with 106. Presence maps
    /// are bounded by their clients instead.
    /// </summary>
    /// <value>From 1 to 2,147,483,647 maps. Default 100,000.</value>
    [NumberRange(1, int.MaxValue, "maps")]
    public int MaxChannels { get; set; } = 100_000;

    /// <summary>Entries of a page when the client names no number.</summary>
    /// <value>From 1 to 1,000,000 entries. Default 100.</value>
    [NumberRange(1, 1_000_000, "entries")]
    public int DefaultPageSize { get; set; } = 100;

    /// <summary>Least entries of a page; a client that asks for fewer gets this many.</summary>
    /// <value>From 1 to 1,000,000 entries. Default 100.</value>
    [NumberRange(1, 1_000_000, "entries")]
    public int MinPageSize { get; set; } = 100;

    /// <summary>Most entries of a page; a client that asks for more gets this many. At least <see cref="MinPageSize"/>.</summary>
    /// <value>From 1 to 1,000,000 entries. Default 1,000.</value>
    [NumberRange(1, 1_000_000, "entries")]
    public int MaxPageSize { get; set; } = 1000;

    /// <summary>Time for a client to get from its first page to live changes; after it the client is disconnected with 3008.</summary>
    /// <value>From 1 ms to 30 days. Default 5 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan CatchUpTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
