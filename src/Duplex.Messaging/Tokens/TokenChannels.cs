using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Tokens;

/// <summary>Compares the channels named by a connection token with the client's subscriptions.</summary>
internal static class TokenChannels
{
    /// <summary>Whether a new token names exactly the channels to which the client is subscribed by its previous token.</summary>
    public static bool AreThoseOf(Client client, IReadOnlyList<ServerSubscription> named)
    {
        var count = 0;
        for (var subscription = client.Subscriptions.First; subscription is not null; subscription = subscription.NextOfClient)
        {
            if (!subscription.Has(SubscriptionState.ByToken)) continue;
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
