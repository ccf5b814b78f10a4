using Duplex.Messaging.Outbound;
using Duplex.Messaging.Subscriptions;
using Duplex.Messaging.Transports;

namespace Duplex.Messaging.Polling;

/// <summary>Gives a changed item to a subscriber that tracks it and has it not yet. On the client's shard.</summary>
internal static class ItemDelivery
{
    public static void Deliver(Subscription subscription, SharedItem push)
    {
        var item = push.Publication;
        if (subscription is not PollSubscription poll || !poll.Keys.TryGetValue(item.Key!, out var tracked) || tracked.IsAwaited) return;
        var client = subscription.Client;
        if (tracked.ExpiresAt != 0 && tracked.ExpiresAt <= client.Hub.Clock.Now)
        {
            poll.Poll.Untrack(poll, item.Key!);
            return;
        }

        if (item.IsRemoval) poll.Poll.Untrack(poll, item.Key!);
        else if (item.Version <= tracked.Version) return;
        else tracked.Version = item.Version;
        if (push.FrameFor(client.Wire, PublicationForm.Plain) is { } frame) client.SendPublication(subscription.HubChannel, item.Key, frame);
        else client.Disconnect(Disconnects.InappropriateProtocol);
    }
}
