using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Subscriptions;

/// <summary>The rules that hold for every further subscription of a client.</summary>
internal static class SubscriptionRules
{
    /// <summary>Returns the error of a client that is in the channel, or in as many as it may be; null when it may subscribe.</summary>
    public static ClientError? RefusalOf(Client client, string channel)
    {
        if (client.FindSubscription(channel) is not null) return ClientErrors.AlreadySubscribed;
        return client.SubscriptionCount >= client.Environment.Options.MaxSubscriptionsPerClient
            ? ClientErrors.LimitExceeded.Because("The client has as many subscriptions as MaxSubscriptionsPerClient allows.", true)
            : null;
    }
}
