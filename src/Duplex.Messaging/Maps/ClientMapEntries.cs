using Duplex.Messaging.Brokers;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>Removes a client's own entry when the client leaves a map whose options require it.</summary>
internal sealed class ClientMapEntries(IMapBroker mapBroker, PublicationFactory publications, BrokerCalls brokerCalls)
{
    public void Remove(MapSubscription subscription)
    {
        var map = subscription.Map;
        if (!map.Options.RemoveClientOnUnsubscribe || map.IsPresence) return;
        var channel = subscription.Channel;
        var removal = publications.CreateRemoval(subscription.Client.Id);
        brokerCalls.Forget(Removed(mapBroker.RemoveAsync(channel, removal, map.Storage)), channel);

        static async ValueTask Removed(ValueTask<MapPublishResult> removing) => await removing.ConfigureAwait(false);
    }
}
