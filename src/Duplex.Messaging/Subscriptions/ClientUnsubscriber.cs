using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Ends subscriptions. Called on the client's shard.</summary>
internal sealed class ClientUnsubscriber(
    ApplicationModel application,
    IMapBroker mapBroker,
    IPresenceStore presenceStore,
    PublicationFactory publications,
    ChannelTable channelTable,
    HubReports reports,
    MembershipNews news,
    Poller poller,
    HandlerInvoker handlers,
    BrokerCalls brokerCalls)
{
    /// <summary>Ends a client's subscription on behalf of the server and notifies the client.</summary>
    public void EndByServer(Client client, Subscription subscription, Unsubscription reason)
    {
        var wasLive = subscription.Has(SubscriptionTraits.Live);
        var channel = subscription.Channel;
        End(client, subscription);

        // A subscription that is still being made receives an error reply instead.
        if (!wasLive) return;
        reports.Unsubscribed(client, channel, reason);
        client.SendOwned(client.Wire.EncodeUnsubscribe(channel, reason));
    }

    public void End(Client client, Subscription subscription)
    {
        if (subscription.Has(SubscriptionTraits.Ended)) return;
        client.Reserve(subscription, 0);
        var wasLive = subscription.Has(SubscriptionTraits.Live);
        subscription.Set(SubscriptionTraits.Ended);
        subscription.Set(SubscriptionTraits.Live, false);
        client.Unlink(subscription);
        subscription.Group?.Remove(subscription);
        subscription.Held?.Clear();
        subscription.Held = null;
        var channel = subscription.Channel;
        if (subscription.Has(SubscriptionTraits.Presence)) brokerCalls.Forget(presenceStore.RemoveAsync(channel, client.Id), channel);
        if (wasLive) news.Left(subscription);
        if (subscription is MapSubscription map) EndMap(map);
        if (subscription is PollSubscription poll) poller.End(poll);
        channelTable.Detach(subscription.Place);
        if (wasLive && application.FindChannel(channel, out var values) is { Leave: { } handler })
        {
            handlers.Notify(handler, new HandlerContext { Type = "leave", Client = client, Target = channel, Values = values });
        }
    }

    private void EndMap(MapSubscription map)
    {
        map.StopDeadline();
        if (!map.Map.Options.RemoveClientOnUnsubscribe || map.Map.IsPresence) return;
        var channel = map.Channel;
        var removal = publications.CreateRemoval(map.Client.Id);
        brokerCalls.Forget(Removed(mapBroker.RemoveAsync(channel, removal, map.Map.Storage)), channel);

        static async ValueTask Removed(ValueTask<MapPublishResult> removing) => await removing.ConfigureAwait(false);
    }
}
