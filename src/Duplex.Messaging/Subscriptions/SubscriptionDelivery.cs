using Duplex.Messaging.Maps;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Recovery;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Selects the form of a push for one subscriber and maintains the subscriber's position. Called on the client's shard.</summary>
internal static class SubscriptionDelivery
{
    /// <summary>Delivers a publication that covers all offsets from the first one to its own and supersedes publications.</summary>
    public static void Deliver(Subscription subscription, SharedPublication push, ulong first, int skipped = 0)
    {
        var client = subscription.Client;
        if (!subscription.Has(SubscriptionState.Live))
        {
            (subscription.Held ??= new JoinBuffer()).Add(push, first, client.Environment.Options.MaxQueuedBytes);
            return;
        }

        var publication = push.Publication;
        if (subscription.Has(SubscriptionState.Positioned) && publication.Offset > 0)
        {
            if (!string.Equals(push.Epoch, subscription.Epoch, StringComparison.Ordinal))
            {
                // Offsets of different epochs cannot be compared, so the client starts over.
                client.LosePosition(subscription);
                return;
            }

            if (publication.Offset <= subscription.Offset) return;
            if (first > subscription.Offset + 1)
            {
                client.LosePosition(subscription);
                return;
            }

            // The base of a patch is the previous publication, which this subscriber did not receive.
            if (publication.Offset != subscription.Offset + 1) subscription.Set(SubscriptionState.HasBase, false);
            subscription.Offset = publication.Offset;
            subscription.Set(SubscriptionState.Moved);
        }

        // A filtered publication still moves the position: the subscriber has missed nothing.
        if (subscription.Filter is { } filter && !filter.Matches(publication.Tags))
        {
            if (subscription is MapSubscription && MapFilter.HasLeft(filter, push)) SendRemoval(subscription, push);
            return;
        }

        if (skipped > 0) subscription.Skipped += skipped;
        Send(subscription, push);
    }

    /// <summary>Sends a publication whose subscription's pace is over. An exception ends only the client.</summary>
    public static void SendOfBatch(Subscription subscription, SharedPublication push)
    {
        try
        {
            SendNow(subscription, push);
        }
        catch (Exception exception)
        {
            subscription.Client.Fail(exception);
        }
    }

    /// <summary>Invalidates the subscriber's state: the subscriber starts over.</summary>
    public static void Reset(Subscription subscription)
    {
        if (subscription is MapSubscription { IsLive: false } map) map.IsCleared = true;
        subscription.Client.LosePosition(subscription);
    }

    public static void Deliver(Subscription subscription, SharedMembership push)
    {
        if (!subscription.Has(SubscriptionState.Live) || !subscription.Has(SubscriptionState.JoinLeave)) return;
        var form = subscription.Has(SubscriptionState.ById) ? PublicationForm.ById : PublicationForm.Plain;
        if (push.FrameFor(subscription.Client.Wire, form) is { } frame) subscription.Client.Sender.SendMembership(subscription.HubChannel, frame);
    }

    private static void SendRemoval(Subscription subscription, SharedPublication push)
    {
        if (push.Publication.IsRemoval)
        {
            Send(subscription, push);
            return;
        }

        var removal = MapFilter.Removal(push);
        Send(subscription, removal);
        removal.Release();
    }

    // The position has moved already, so the batch of a pace covers no offsets.
    private static void Send(Subscription subscription, SharedPublication push)
    {
        if (subscription.Batch is { } batch) batch.Add(push, 0);
        else SendNow(subscription, push);
    }

    private static void SendNow(Subscription subscription, SharedPublication push)
    {
        var client = subscription.Client;
        var form = subscription.Has(SubscriptionState.ById) ? PublicationForm.ById : PublicationForm.Plain;
        if (subscription.Has(SubscriptionState.Delta))
        {
            form |= PublicationForm.Delta;
            var mayPatch = push.Publication.IsDeltaAllowed && push.Previous is not null
                && subscription.Has(SubscriptionState.HasBase);
            if (mayPatch) form |= PublicationForm.Patch;

            // A client uses its last publication as the base, so one outside the stream breaks the chain.
            subscription.Set(SubscriptionState.HasBase, push.Publication.Offset > 0);
        }

        if (push.FrameFor(client.Wire, form) is { } frame)
        {
            client.Sender.SendPublication(subscription, push.Publication.Key, frame);
            return;
        }

        // The publication cannot be encoded for this client, because the format of its channel allows other data too.
        subscription.Set(SubscriptionState.HasBase, false);
        subscription.Skipped++;
        client.Environment.Metrics.Dropped(subscription.HubChannel.Namespace.Name);
    }
}
