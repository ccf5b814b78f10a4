using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Tokens;

/// <summary>Compares the channels a connection token names with those its client is in.</summary>
internal static class TokenChannels
{
    /// <summary>Whether a new token names what the client is subscribed to by the one before it, no more and no less.</summary>
    public static bool AreThoseOf(Client client, IReadOnlyList<ServerSubscription> named)
    {
        var count = 0;
        for (var subscription = client.Subscriptions; subscription is not null; subscription = subscription.NextOfClient)
        {
            if (!subscription.Has(SubscriptionTraits.ByToken)) continue;
            if (!Name(named, subscription.Channel)) return false;
            count++;
        }

        return count == named.Count;
    }

    public static bool Name(IReadOnlyList<ServerSubscription> subscriptions, string channel)
    {
        foreach (var subscription in subscriptions)
        {
            if (subscription.Channel == channel) return true;
        }

        return false;
    }
}
