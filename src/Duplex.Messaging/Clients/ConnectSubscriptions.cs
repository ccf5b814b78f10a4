using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Subscriptions;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Clients;

/// <summary>Makes the subscriptions that belong to a connect command. Called on the client's shard.</summary>
internal sealed class ConnectSubscriptions(
    NamespaceTable namespaces, HubOptions hubOptions, ClientSubscriber subscriber, ServerSubscriber serverSubscriber)
{
    /// <summary>Subscribes a client to the channels of its token, of the handler and of its user, and a one-way client to those of its request.</summary>
    public async ValueTask<Outcome<IReadOnlyList<SubscribeResult>>> SubscribeAsync(
        Client client, ConnectRequest request, Credentials credentials)
    {
        var named = Named(client, credentials);

        // A one-way client cannot subscribe later, so it names the channels in its connect command.
        IEnumerable<string> requested = client.Features.IsUnidirectional ? request.Subs.Keys : [];
        if (named.Count == 0 && !requested.Any()) return ResultsOf([]);
        List<SubscribeResult> results = [];
        foreach (var one in named)
        {
            if (client.Subscriptions.Find(one.Channel) is not null) continue;
            var outcome = await serverSubscriber.SubscribeAsync(client, one, request.RecoverSince(one.Channel)).OnShard(client.Shard);
            if (outcome.Error == ClientErrors.LimitExceeded) return Disconnects.ChannelLimit.Because("The token or handler names more channels than MaxSubscriptionsPerClient allows.", true);
            if (!outcome.IsSuccess) return outcome.Failure<IReadOnlyList<SubscribeResult>>();
            if (TokenChannels.Name(credentials.Subscriptions, one.Channel)) outcome.Value.Subscription!.Set(SubscriptionState.ByToken);
            results.Add(outcome.Value);
        }

        foreach (var channel in requested)
        {
            if (client.Subscriptions.Find(channel) is not null) continue;
            var subscribe = SubscribeRequest.To(channel, request.RecoverSince(channel));
            var outcome = await subscriber.SubscribeAsync(client, subscribe, isServerSide: true).OnShard(client.Shard);
            if (outcome.Disconnect is { } disconnect) return disconnect;
            if (outcome.IsSuccess) results.Add(outcome.Value);
        }

        return ResultsOf(results);
    }

    // Returns the channels to which the server subscribes the client.
    private IReadOnlyList<ServerSubscription> Named(Client client, Credentials credentials)
    {
        var own = hubOptions.PersonalChannel.ChannelOf(client.User, namespaces);
        if (own is null && credentials.Subscriptions.Count == 0) return credentials.Decision.Subscriptions;
        List<ServerSubscription> named = [.. credentials.Subscriptions, .. credentials.Decision.Subscriptions];
        if (own is not null && !TokenChannels.Name(named, own)) named.Add(own);
        return named;
    }

    private static Outcome<IReadOnlyList<SubscribeResult>> ResultsOf(IReadOnlyList<SubscribeResult> results) =>
        Outcome<IReadOnlyList<SubscribeResult>>.FromValue(results);
}
