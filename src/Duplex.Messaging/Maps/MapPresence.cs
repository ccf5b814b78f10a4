using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Maps;

/// <summary>
/// Maintains the presence of channels as maps: one entry per client, removed when the client leaves, and one per user, which outlives
/// the user's last client by the entry's lifetime, so that a page reload causes no leave and join.
/// </summary>
internal sealed class MapPresence(IMapBroker mapBroker, PublicationFactory publications, NamespaceTable namespaces, BrokerCalls brokerCalls)
{
    private static readonly MapPublishOptions Keep = new() { KeyMode = MapKeyMode.IfNew, RefreshesTtl = true };

    /// <summary>Adds or refreshes the entries of a client that is in the channel.</summary>
    public void Add(Subscription subscription)
    {
        var options = subscription.HubChannel.Namespace.Options;
        var info = subscription.Info ?? subscription.Client.Info;
        if (options.MapClientsPresencePrefix is { } clients) Add(clients + subscription.Channel, info.Client, info);
        if (options.MapUsersPresencePrefix is { } users && info.User.Length > 0) Add(users + subscription.Channel, info.User, null);
    }

    /// <summary>Removes the entry of a client that has left the channel.</summary>
    public void Remove(Subscription subscription)
    {
        if (subscription.HubChannel.Namespace.Options.MapClientsPresencePrefix is not { } prefix) return;
        var channel = prefix + subscription.Channel;
        if (Find(channel) is not { } map) return;
        var removal = publications.CreateRemoval(subscription.Client.Id);
        brokerCalls.Forget(Done(mapBroker.RemoveAsync(channel, removal, map.Storage)), channel);
    }

    private static async ValueTask Done(ValueTask<MapPublishResult> change) => await change.ConfigureAwait(false);

    private void Add(string channel, string key, ClientInfo? info)
    {
        if (Find(channel) is not { } map) return;
        var entry = publications.CreatePresence(key, info);
        brokerCalls.Forget(Done(mapBroker.PublishAsync(channel, entry, map.Storage, Keep)), channel);
    }

    // A prefix may make the name too long for a channel; such a channel has no presence.
    private MapNamespace? Find(string channel) => namespaces.Find(channel).Value?.Map;
}
