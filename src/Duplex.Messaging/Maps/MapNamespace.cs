using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Maps;

/// <summary>A namespace of maps: its validated options and the values derived from them.</summary>
internal sealed class MapNamespace
{
    private readonly bool _isInsecure;

    private MapNamespace(NamespaceOptions options, StreamOptions stream, HubOptions hub)
    {
        _isInsecure = hub.IsInsecure;
        Type = options.SubscriptionType;
        Options = options.Map;
        var keyTtl = IsPresence ? Options.KeyTtl ?? hub.PresenceTtl : Options.KeyTtl ?? TimeSpan.Zero;
        var changes = Options.Mode == MapMode.Ephemeral
            ? stream with { Size = 0, Ttl = TimeSpan.Zero }
            : stream with { Size = Options.StreamSize, Ttl = Options.StreamTtl };
        Storage = new MapStorageOptions(keyTtl, Options.Ordered, changes with { MaxChannels = Options.MaxChannels })
        {
            // The hub itself writes the entries of presence, one for each client in the channel.
            MaxKeys = IsPresence ? int.MaxValue : Options.MaxKeys,
            MaxKeysPerClient = IsPresence ? int.MaxValue : Options.MaxKeysPerClient,
            RefusesChannels = !IsPresence,
        };
    }

    public SubscriptionType Type { get; }

    public MapOptions Options { get; }

    public MapStorageOptions Storage { get; }

    /// <summary>Whether only the hub writes the entries.</summary>
    public bool IsPresence => Type != SubscriptionType.Map;

    public static bool Is(SubscriptionType type) => type is SubscriptionType.Map or SubscriptionType.MapClients or SubscriptionType.MapUsers;

    /// <summary>Returns the map part of a namespace; null when its channels are not maps.</summary>
    public static MapNamespace? Of(NamespaceOptions options, StreamOptions stream, HubOptions hub) =>
        Is(options.SubscriptionType) ? new MapNamespace(options, stream, hub) : null;

    public bool MayPublish(Client client, string channel) => !IsPresence
        && (_isInsecure || (Options.AllowPublish && (client.User.Length > 0 || Options.AllowPublishForAnonymous))
            || (Options.AllowPublishForSubscriber && IsSubscriber(client, channel)));

    public bool MayRemove(Client client, string channel) => !IsPresence
        && (_isInsecure || (Options.AllowRemove && (client.User.Length > 0 || Options.AllowRemoveForAnonymous))
            || (Options.AllowRemoveForSubscriber && IsSubscriber(client, channel)));

    /// <summary>The key of the entry that a client changes when it sends <paramref name="given"/>; empty when there is none.</summary>
    public string KeyOf(Client client, string given) => Options.ClientKey switch
    {
        MapClientKey.ClientId => client.Id,
        MapClientKey.UserId => client.User,
        _ => given,
    };

    /// <summary>The number of entries in a page for a client that requests <paramref name="wanted"/>.</summary>
    public int PageSize(int wanted) =>
        Math.Clamp(wanted <= 0 ? Options.DefaultPageSize : wanted, Options.MinPageSize, Options.MaxPageSize);

    private static bool IsSubscriber(Client client, string channel) =>
        client.Subscriptions.Find(channel) is { } subscription && subscription.Has(SubscriptionState.Live);
}
