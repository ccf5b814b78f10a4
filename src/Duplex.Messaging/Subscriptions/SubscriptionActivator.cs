using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Maps;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Starts the delivery to subscriptions after their reply was written. Called on the client's shard.</summary>
internal sealed class SubscriptionActivator(JoinLeavePublisher joinLeaves, ChannelEvents events)
{
    /// <summary>Delivers the buffered publications, then enables live delivery, and publishes the client's join.</summary>
    public void Activate(SubscribeResult result)
    {
        var subscription = result.Subscription!;
        var client = subscription.Client;
        client.Sender.Reserve(subscription, 0);
        if (subscription.Has(SubscriptionState.Ended) || result.Phase != SubscriptionPhase.Live) return;
        if (subscription is MapSubscription map) map.StopDeadline();
        subscription.Set(SubscriptionState.Live);
        var held = subscription.Held;
        subscription.Held = null;
        if (held is { HasOverflowed: true })
        {
            client.LosePosition(subscription);
            return;
        }

        held?.DeliverTo(subscription);
        if (subscription.Has(SubscriptionState.Ended)) return;
        client.Timer.Watch(subscription);
        joinLeaves.Joined(subscription);
        events.Joined(subscription);
    }
}
