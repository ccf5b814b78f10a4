using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Executes the subscribe commands of clients. Called on the client's shard.</summary>
internal sealed class ClientSubscriber(
    ApplicationModel application,
    CommandAuthorizer authorizer,
    ClientTokens tokens,
    NamespaceTable namespaces,
    Poller poller,
    SubscriptionMaker maker,
    MapSubscriber mapSubscriber)
{
    /// <summary>Subscribes a client if its token permits it, otherwise the channel's users, the handler, or the options, in this order.</summary>
    public async ValueTask<Outcome<SubscribeResult>> SubscribeAsync(Client client, SubscribeRequest request, bool isServerSide = false)
    {
        if (request.Channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        if (authorizer.IsActive)
        {
            var authorized = await authorizer.CheckChannelAsync(client, request.Channel).OnShard(client.Shard);
            if (!authorized.IsSuccess) return authorized.Failure<SubscribeResult>();
        }

        if (request.Type != SubscriptionType.Stream && client.Subscriptions.Find(request.Channel) is MapSubscription { IsLive: false } started)
        {
            return await mapSubscriber.ContinueAsync(started, request).OnShard(client.Shard);
        }

        var found = Check(client, request);
        if (!found.IsSuccess) return found.Failure<SubscribeResult>();
        var ns = found.Value;
        SubscriptionPermit permit;
        if (request.Token.Length > 0)
        {
            var verified = await tokens.VerifySubscriptionAsync(client, request.Channel, request.Token).OnShard(client.Shard);
            if (!verified.IsSuccess) return verified.Failure<SubscribeResult>();
            if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
            if (SubscriptionRules.RefusalOf(client, request.Channel) is { } refusal) return refusal;
            permit = new(isServerSide ? verified.Value with { IsServerSide = true } : verified.Value);
        }
        else if (RefusalOf(client, ns, request.Channel, isServerSide ? SubscriptionSettings.ServerSide : SubscriptionSettings.Default, out permit) is { } refusal)
        {
            return refusal;
        }

        return ns.Map is { } map
            ? await mapSubscriber.StartAsync(client, ns, map, request, permit).OnShard(client.Shard)
            : await maker.MakeAsync(client, ns, request, permit).OnShard(client.Shard);
    }

    private Outcome<ChannelNamespace> Check(Client client, SubscribeRequest request)
    {
        var found = namespaces.Find(request.Channel);
        if (!found.IsSuccess) return found;
        if (SubscriptionRules.RefusalOf(client, request.Channel) is { } refusal) return refusal;
        var type = found.Value.Options.SubscriptionType;
        if (request.Type != type) return ClientErrors.PermissionDenied.Because($"The client requests {request.Type}, and SubscriptionType of the namespace is {type}.", true);
        return type != SubscriptionType.SharedPoll || poller.IsAnswered(request.Channel)
            ? found
            : ClientErrors.NotAvailable.Because("No poll handler is mapped for the channel: map OnPoll.", true);
    }

    // Returns the error of a client without a token that nothing permits to subscribe; null when it may.
    private ClientError? RefusalOf(Client client, ChannelNamespace ns, string channel, SubscriptionSettings settings, out SubscriptionPermit permit)
    {
        permit = new(settings);
        if (new ChannelName(channel).IsPrivate) return ClientErrors.PermissionDenied.Because("Channels whose names begin with $ need a subscription token.", true);
        if (ns.IsOwnedBy(client, channel)) return null;
        var route = application.FindChannel(channel, out var values);
        if (route?.Subscribe is { } handler)
        {
            permit = new(settings, handler, values);
            return null;
        }

        // The caller has checked the client against the channel's policies.
        var isAuthorized = route?.Authorize is not null && !ns.IsLimitedToOthers(client, channel);
        return isAuthorized || ns.MaySubscribe(client, channel)
            ? null
            : ClientErrors.PermissionDenied.Because("No token or handler decides, and AllowSubscribe options of the namespace do not allow it.", true);
    }
}
