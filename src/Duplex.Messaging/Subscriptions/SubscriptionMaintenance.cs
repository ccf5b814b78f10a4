using Duplex.Messaging.Polling;
using Duplex.Messaging.Presence;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Renews the presence of live subscriptions and ends expired ones. Called on the client's shard.</summary>
internal sealed class SubscriptionMaintenance(SubscriptionRenewal renewal, JoinLeavePublisher joinLeaves, PresenceEntries presence)
{
    public void Maintain(Subscription subscription, long now)
    {
        if (subscription is PollSubscription poll) Poller.Sweep(poll, now);
        if (subscription.ExpiresAt != 0 && now >= subscription.ExpiresAt)
        {
            renewal.OnExpired(subscription, now);
            if (subscription.Has(SubscriptionState.Ended)) return;
        }

        joinLeaves.Refresh(subscription);
        presence.Refresh(subscription);
    }
}
