using Duplex.Messaging.Brokers;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Presence;

/// <summary>Maintains the entries of subscribed clients in the presence store.</summary>
internal sealed class PresenceEntries(IPresenceStore presenceStore, HubOptions hubOptions, BrokerCalls brokerCalls)
{
    /// <summary>Adds the entry of a subscription that is being made, if it has presence and has not ended.</summary>
    public ValueTask AddAsync(Subscription subscription) =>
        subscription.Has(SubscriptionState.Presence) && !subscription.Has(SubscriptionState.Ended) ? WriteAsync(subscription) : default;

    /// <summary>Renews the entry of a live subscription. A failure is logged.</summary>
    public void Refresh(Subscription subscription)
    {
        if (subscription.Has(SubscriptionState.Presence)) brokerCalls.Forget(WriteAsync(subscription), subscription.Channel);
    }

    /// <summary>Removes the entry of a subscription that has ended. A failure is logged.</summary>
    public void Remove(Subscription subscription)
    {
        if (!subscription.Has(SubscriptionState.Presence)) return;
        brokerCalls.Forget(presenceStore.RemoveAsync(subscription.Channel, subscription.Client.Id), subscription.Channel);
    }

    private ValueTask WriteAsync(Subscription subscription) =>
        presenceStore.AddAsync(subscription.Channel, subscription.Info!, hubOptions.PresenceTtl);
}
