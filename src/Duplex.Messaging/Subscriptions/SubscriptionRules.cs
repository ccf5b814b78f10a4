using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Subscriptions;

/// <summary>The rules for every further subscription of a client.</summary>
internal static class SubscriptionRules
{
    /// <summary>Returns the error of a client that is subscribed to the channel or has the maximum number of subscriptions; null when it may subscribe.</summary>
    public static ClientError? RefusalOf(Client client, string channel)
    {
        if (client.Subscriptions.Find(channel) is not null) return ClientErrors.AlreadySubscribed;
        return client.Subscriptions.Count >= client.Environment.Options.MaxSubscriptionsPerClient
            ? ClientErrors.LimitExceeded.Because("The client has the maximum number of subscriptions (MaxSubscriptionsPerClient).", true)
            : null;
    }
}
