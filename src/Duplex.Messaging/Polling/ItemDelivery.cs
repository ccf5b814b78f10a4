using Duplex.Messaging.Outbound;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Polling;

/// <summary>Delivers a changed item to a subscriber that tracks it and does not have it yet. Called on the client's shard.</summary>
internal static class ItemDelivery
{
    public static void Deliver(Subscription subscription, SharedItem push)
    {
        var item = push.Publication;
        if (subscription is not PollSubscription poll || !poll.Keys.TryGetValue(item.Key!, out var tracked) || tracked.IsAwaited) return;
        var client = subscription.Client;
        if (tracked.ExpiresAt != 0 && tracked.ExpiresAt <= client.Environment.Clock.Now)
        {
            poll.Poll.Untrack(poll, item.Key!);
            return;
        }

        var form = PublicationForm.Plain;
        if (item.IsRemoval)
        {
            poll.Poll.Untrack(poll, item.Key!);
        }
        else
        {
            if (item.Version <= tracked.Version) return;
            if (poll.Has(SubscriptionState.Delta)) form = FormOf(tracked, push.Before);
            (tracked.Version, tracked.HasBase) = (item.Version, true);
        }

        if (push.FrameFor(client.Wire, form) is { } frame) client.Sender.SendPublication(subscription, item.Key, frame);
        else Drop(poll, tracked);
    }

    // The wire cannot encode the item, so it is dropped and counted like any publication that its channel drops.
    private static void Drop(PollSubscription poll, TrackedKey tracked)
    {
        tracked.HasBase = false;
        poll.Skipped++;
        poll.Client.Environment.Metrics.Dropped(poll.HubChannel.Namespace.Name);
    }

    // The patch applies to the previous value, which is the client's last value of the key unless the client missed one.
    private static PublicationForm FormOf(TrackedKey tracked, Publication? before) =>
        tracked.HasBase && before is not null && before.Version == tracked.Version
            ? PublicationForm.Delta | PublicationForm.Patch
            : PublicationForm.Delta;
}
