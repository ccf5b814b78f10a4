using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Subscribes clients to channels on behalf of the server, without a decision by a token, handler or option. Called on the client's shard.</summary>
internal sealed class ServerSubscriber(NamespaceTable namespaces, PayloadSerializer payloads, SubscriptionMaker maker)
{
    public async ValueTask<Outcome<SubscribeResult>> SubscribeAsync(Client client, ServerSubscription subscription, StreamPosition? since)
    {
        var found = namespaces.Find(subscription.Channel);
        if (!found.IsSuccess) return found.Failure<SubscribeResult>();
        if (SubscriptionRules.RefusalOf(client, subscription.Channel) is { } refusal) return refusal;

        // A client requests the pages of a map and the keys of a poll, so only clients start these subscriptions.
        if (found.Value.Options.SubscriptionType != SubscriptionType.Stream) return ClientErrors.BadRequest.Because("The server subscribes clients only to streams: correct the channel or SubscriptionType.", true);
        var settings = new SubscriptionSettings
        {
            IsServerSide = true,
            Info = payloads.SerializeObject(subscription.Info),
            Data = payloads.SerializeObject(subscription.Data),
            ExpiresAt = subscription.ExpiresAt,
            Overrides = subscription.Overrides,
        };
        var request = SubscribeRequest.To(subscription.Channel, since);
        return await maker.MakeAsync(client, found.Value, request, new(settings)).OnShard(client.Shard);
    }
}
