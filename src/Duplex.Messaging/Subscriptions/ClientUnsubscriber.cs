using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Ends subscriptions. Called on the client's shard.</summary>
internal sealed class ClientUnsubscriber(
    ChannelTable channelTable,
    HubReports reports,
    JoinLeavePublisher joinLeaves,
    ChannelEvents events,
    Poller poller,
    PresenceEntries presence,
    ClientMapEntries mapEntries)
{
    /// <summary>Executes a client's unsubscribe command. A channel to which the client is not subscribed is no error.</summary>
    public Outcome<UnsubscribeResult> Unsubscribe(Client client, string channel)
    {
        if (channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        if (client.Subscriptions.Find(channel) is { } subscription) End(subscription);
        return UnsubscribeResult.Instance;
    }

    /// <summary>Ends a subscription on behalf of the server and notifies the client.</summary>
    public void EndByServer(Subscription subscription, Unsubscription reason)
    {
        var client = subscription.Client;
        var wasLive = subscription.Has(SubscriptionState.Live);
        End(subscription);

        // A subscription that is still being made receives an error reply instead.
        if (!wasLive) return;
        reports.Unsubscribed(client, subscription.Channel, reason);
        client.Sender.SendOwned(client.Wire.EncodeUnsubscribe(subscription.Channel, reason));
    }

    /// <summary>Ends all subscriptions of a client.</summary>
    public void EndAll(Client client)
    {
        while (client.Subscriptions.First is { } subscription) End(subscription);
    }

    /// <summary>Returns the outcome of making a subscription, and ends one that failed. Returns the cause when the subscription has ended already.</summary>
    public Outcome<SubscribeResult> Conclude(Subscription subscription, Outcome<SubscribeResult> outcome)
    {
        if (!subscription.Has(SubscriptionState.Ended))
        {
            if (!outcome.IsSuccess) End(subscription);
            return outcome;
        }

        // The connection closed, the server unsubscribed the client, or the map was cleared. The entry may have been added after that.
        presence.Remove(subscription);
        if (subscription.Client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
        return subscription is MapSubscription { IsCleared: true }
            ? ClientErrors.UnrecoverablePosition
            : ClientErrors.PermissionDenied.Because("The server unsubscribed the client while it subscribed.", false);
    }

    /// <summary>Logs an exception of a broker or store that failed to make a subscription, and ends the subscription.</summary>
    public Outcome<SubscribeResult> Conclude(Subscription subscription, Exception exception)
    {
        reports.BrokerFailed(exception, subscription.Channel);
        return Conclude(subscription, ClientErrors.Internal);
    }

    private void End(Subscription subscription)
    {
        if (subscription.Has(SubscriptionState.Ended)) return;
        var client = subscription.Client;
        client.Sender.Reserve(subscription, 0);
        var wasLive = subscription.Has(SubscriptionState.Live);
        subscription.Set(SubscriptionState.Ended);
        subscription.Set(SubscriptionState.Live, false);
        client.Subscriptions.Remove(subscription);
        subscription.Group?.Remove(subscription);
        subscription.Held?.Clear();
        subscription.Held = null;
        subscription.Batch?.Clear();
        presence.Remove(subscription);
        if (wasLive) joinLeaves.Left(subscription);
        switch (subscription)
        {
            case MapSubscription map:
                map.StopDeadline();
                mapEntries.Remove(map);
                break;
            case PollSubscription poll:
                poller.End(poll);
                break;
        }

        channelTable.Detach(subscription.ShardChannel);
        if (wasLive) events.Left(subscription);
    }
}
