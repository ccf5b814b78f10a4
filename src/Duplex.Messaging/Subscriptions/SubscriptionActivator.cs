using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Maps;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Starts the delivery to subscriptions after their reply was written. Called on the client's shard.</summary>
internal sealed class SubscriptionActivator(MembershipNews news, ChannelEvents events)
{
    /// <summary>Delivers the buffered publications, then enables live delivery, and publishes the client's join.</summary>
    public void Activate(SubscribeResult result)
    {
        var subscription = result.Subscription!;
        var client = subscription.Client;
        client.Sender.Reserve(subscription, 0);
        if (subscription.Has(SubscriptionTraits.Ended) || result.Phase != SubscriptionPhase.Live) return;
        if (subscription is MapSubscription map) map.StopDeadline();
        subscription.Set(SubscriptionTraits.Live);
        var held = subscription.Held;
        subscription.Held = null;
        if (held is { HasOverflowed: true })
        {
            client.LosePosition(subscription);
            return;
        }

        held?.DeliverTo(subscription);
        if (subscription.Has(SubscriptionTraits.Ended)) return;
        client.Timer.Watch(subscription);
        news.Joined(subscription);
        events.Joined(subscription);
    }
}
