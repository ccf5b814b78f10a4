using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Maps;

/// <summary>A namespace of maps: its options, checked, and what follows from them.</summary>
internal sealed class MapNamespace
{
    private readonly bool _isInsecure;

    private MapNamespace(string name, NamespaceOptions options, StreamOptions stream, HubOptions hub)
    {
        _isInsecure = hub.IsInsecure;
        Type = options.SubscriptionType;
        Options = options.Map;
        var keyTtl = Options.KeyTtl;
        if (IsPresence && keyTtl == TimeSpan.Zero) keyTtl = hub.PresenceTtl;
        var fault = IsPresence ? CheckPresence(keyTtl, hub) ?? Check(options, keyTtl) : Check(options, keyTtl);
        if (fault is not null) throw new InvalidOperationException($"Namespace '{name}' is one of maps: {fault}");
        var changes = Options.Mode == MapMode.Ephemeral
            ? stream with { Size = 0, Ttl = TimeSpan.Zero }
            : stream with { Size = Options.StreamSize, Ttl = Options.StreamTtl };
        Storage = new MapStorageOptions(keyTtl, Options.Ordered, changes with { MaxChannels = Options.MaxChannels })
        {
            // The hub itself writes presence, an entry for each client that is there.
            MaxKeys = IsPresence ? int.MaxValue : Options.MaxKeys,
            MaxKeysPerClient = IsPresence ? int.MaxValue : Options.MaxKeysPerClient,
            RefusesChannels = !IsPresence,
        };
    }

    public SubscriptionType Type { get; }

    public MapOptions Options { get; }

    public MapStorageOptions Storage { get; }

    /// <summary>Whether the hub itself writes the entries.</summary>
    public bool IsPresence => Type != SubscriptionType.Map;

    public static bool Is(SubscriptionType type) => type is SubscriptionType.Map or SubscriptionType.MapClients or SubscriptionType.MapUsers;

    /// <summary>Null when the namespace is not one of maps.</summary>
    public static MapNamespace? Of(string name, NamespaceOptions options, StreamOptions stream, HubOptions hub) =>
        Is(options.SubscriptionType) ? new MapNamespace(name, options, stream, hub) : null;

    public bool MayPublish(Client client, string channel) => !IsPresence
        && (_isInsecure || (Options.AllowPublish && (client.User.Length > 0 || Options.AllowPublishForAnonymous))
            || (Options.AllowPublishForSubscriber && IsSubscriber(client, channel)));

    public bool MayRemove(Client client, string channel) => !IsPresence
        && (_isInsecure || (Options.AllowRemove && (client.User.Length > 0 || Options.AllowRemoveForAnonymous))
            || (Options.AllowRemoveForSubscriber && IsSubscriber(client, channel)));

    /// <summary>The entry a client changes when it names one; empty when it has none.</summary>
    public string KeyOf(Client client, string given) => Options.ClientKey switch
    {
        MapClientKey.ClientId => client.Id,
        MapClientKey.UserId => client.User,
        _ => given,
    };

    /// <summary>What a client gets at once when it asks for a number.</summary>
    public int PageSize(int wanted) =>
        Math.Clamp(wanted <= 0 ? Options.DefaultPageSize : wanted, Options.MinPageSize, Options.MaxPageSize);

    private static bool IsSubscriber(Client client, string channel) =>
        client.FindSubscription(channel) is { } subscription && subscription.Has(SubscriptionTraits.Live);

    private string? CheckPresence(TimeSpan keyTtl, HubOptions hub)
    {
        if (Options.Mode == MapMode.Persistent) return "presence cannot be persistent: who is lost with its node would stay for ever.";
        return keyTtl <= hub.PresenceUpdateInterval
            ? "Map.KeyTtl must be longer than PresenceUpdateInterval, or who is there would expire between two updates."
            : null;
    }

    private static string? Check(NamespaceOptions options, TimeSpan keyTtl)
    {
        var map = options.Map;
        if (map.Mode == MapMode.Persistent && keyTtl != TimeSpan.Zero) return "entries of a persistent map do not expire, so Map.KeyTtl must be zero.";
        if (map.Mode != MapMode.Persistent && keyTtl <= TimeSpan.Zero) return "set Map.KeyTtl, or make the map persistent.";
        if (map.Mode != MapMode.Ephemeral && (map.StreamSize <= 0 || map.StreamTtl <= TimeSpan.Zero)) return "Map.StreamSize and Map.StreamTtl must be above zero.";
        if (map.MaxKeys < 1 || map.MaxKeysPerClient < 1 || map.MaxChannels < 1) return "Map.MaxKeys, Map.MaxKeysPerClient and Map.MaxChannels must be above zero.";
        if (map.MinPageSize < 1 || map.MaxPageSize < map.MinPageSize) return "Map.MinPageSize must be above zero, Map.MaxPageSize no less.";
        return options.HistorySize > 0 || options.Recovery || options.Positioning || options.JoinLeave || options.ForceJoinLeave
            ? "history, recovery, joins and leaves belong to streams; Map.Mode decides what a map remembers."
            : null;
    }
}
