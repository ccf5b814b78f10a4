namespace Duplex.Messaging.Maps;

/// <summary>How the maps of a namespace behave; for <see cref="Channels.NamespaceOptions.SubscriptionType"/> map and its presence kinds.</summary>
public sealed class MapOptions
{
    /// <summary>What is remembered. Default: the entries alone.</summary>
    public MapMode Mode { get; set; }

    /// <summary>
    /// How long an entry lives after its last change. Must be set unless <see cref="Mode"/> is persistent, where it
    /// must not; presence maps take the hub's presence time when it is zero.
    /// </summary>
    public TimeSpan KeyTtl { get; set; }

    /// <summary>Orders the entries by score, then key; otherwise by key alone.</summary>
    public bool Ordered { get; set; }

    /// <summary>Changes kept for those who catch up, unless <see cref="Mode"/> is ephemeral. Default 100.</summary>
    public int StreamSize { get; set; } = 100;

    /// <summary>How long a change is kept. Default 1 minute.</summary>
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

    /// <summary>Entries of one map; a further one is refused with 106. Presence maps are bounded by their clients instead. Default 10,000; at least 1.</summary>
    public int MaxKeys { get; set; } = 10_000;

    /// <summary>Entries of one map that the same client was the last to change; a further one is refused with 106. Default 1000; at least 1.</summary>
    public int MaxKeysPerClient { get; set; } = 1000;

    /// <summary>
    /// Maps of the namespace: an empty one makes room for a further one, which is otherwise refused with 106. Presence maps
    /// are bounded by their clients instead. Default 100,000; at least 1.
    /// </summary>
    public int MaxChannels { get; set; } = 100_000;

    /// <summary>Entries of a page when the client asks for no number. Default 100.</summary>
    public int DefaultPageSize { get; set; } = 100;

    /// <summary>Entries of a page at least, however few a client asks for. Default 100.</summary>
    public int MinPageSize { get; set; } = 100;

    /// <summary>Entries of a page at most. Default 1000.</summary>
    public int MaxPageSize { get; set; } = 1000;

    /// <summary>Time for a client to get from its first page to live changes; after it the client is disconnected with 3008. Default 5 s.</summary>
    public TimeSpan CatchUpTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
