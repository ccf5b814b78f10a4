using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Makes, renews and ends subscriptions. On the client's shard.</summary>
internal sealed class ClientSubscriber(
    ApplicationModel application,
    CommandAuthorizer authorizer,
    IPresenceStore presenceStore,
    ITokenVerifier? tokenVerifier,
    HubClock clock,
    NamespaceTable namespaces,
    PayloadSerializer payloads,
    HubOptions hubOptions,
    MembershipNews news,
    Poller poller,
    MapSubscriber mapSubscriber,
    HandlerInvoker handlers,
    BrokerCalls brokerCalls,
    ClientUnsubscriber unsubscriber,
    SubscriptionMaker maker)
{
    /// <summary>A client asks to subscribe: a token decides, else the channel's users, else the handler, else the options.</summary>
    public async ValueTask<Outcome<SubscribeResult>> SubscribeAsync(Client client, SubscribeRequest request, bool isServerSide = false)
    {
        if (request.Channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        if (authorizer.IsActive)
        {
            var authorized = await authorizer.CheckChannelAsync(client, request.Channel).OnShard(client.Shard);
            if (!authorized.IsSuccess) return authorized.Failure<SubscribeResult>();
        }

        if (request.Type != SubscriptionType.Stream && client.FindSubscription(request.Channel) is MapSubscription { IsLive: false } started)
        {
            return await mapSubscriber.ContinueAsync(started, request).OnShard(client.Shard);
        }

        var found = Check(client, request.Channel);
        if (!found.IsSuccess) return found.Failure<SubscribeResult>();
        var ns = found.Value;
        if (request.Type != ns.Options.SubscriptionType) return ClientErrors.PermissionDenied.Because($"The client requests {request.Type}, and SubscriptionType of the namespace is {ns.Options.SubscriptionType}.", true);
        if (request.Type == SubscriptionType.SharedPoll && !poller.IsAnswered(request.Channel)) return ClientErrors.NotAvailable.Because("No poll handler is mapped for the channel: map OnPoll.", true);

        if (request.Token.Length > 0)
        {
            var terms = await VerifyAsync(client, request.Channel, request.Token).OnShard(client.Shard);
            if (!terms.IsSuccess) return terms.Failure<SubscribeResult>();
            if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
            found = Check(client, request.Channel);
            if (!found.IsSuccess) return found.Failure<SubscribeResult>();
            return await maker.MakeAsync(client, ns, request, isServerSide ? terms.Value with { IsServerSide = true } : terms.Value).OnShard(client.Shard);
        }

        if (new ChannelName(request.Channel).IsPrivate) return ClientErrors.PermissionDenied.Because("Channels whose names begin with $ need a subscription token.", true);
        var own = isServerSide ? SubscriptionTerms.ServerSide : SubscriptionTerms.Default;
        var isOwned = ns.IsOwnedBy(client, request.Channel);
        var route = application.FindChannel(request.Channel, out var values);
        if (!isOwned && route?.Subscribe is { } handler)
        {
            return await maker.MakeAsync(client, ns, request, own, handler, values).OnShard(client.Shard);
        }

        // Above, the check of the channel has allowed the client.
        var isAuthorized = route?.Authorize is not null && !ns.IsLimitedToOthers(client, request.Channel);
        return isOwned || isAuthorized || ns.MaySubscribe(client, request.Channel)
            ? await maker.MakeAsync(client, ns, request, own).OnShard(client.Shard)
            : ClientErrors.PermissionDenied.Because("No token or handler decides, and AllowSubscribe options of the namespace do not allow it.", true);
    }

    /// <summary>The server subscribes a client; nobody is asked.</summary>
    public async ValueTask<Outcome<SubscribeResult>> SubscribeByServerAsync(
        Client client, ServerSubscription subscription, StreamPosition? since)
    {
        var found = Check(client, subscription.Channel);
        if (!found.IsSuccess) return found.Failure<SubscribeResult>();

        // Who gets a map must ask for its pages, and who polls must name its keys, so only clients begin.
        if (found.Value.Options.SubscriptionType != SubscriptionType.Stream) return ClientErrors.BadRequest.Because("The server subscribes clients to streams alone: correct the channel or SubscriptionType.", true);
        var terms = new SubscriptionTerms
        {
            IsServerSide = true,
            Info = payloads.SerializeObject(subscription.Info),
            Data = payloads.SerializeObject(subscription.Data),
            ExpiresAt = subscription.ExpiresAt,
            Overrides = subscription.Overrides,
        };
        var request = SubscribeRequest.To(subscription.Channel, since);
        return await maker.MakeAsync(client, found.Value, request, terms).OnShard(client.Shard);
    }

    /// <summary>Lets publications flow to a subscription whose reply is written, first those that were held back.</summary>
    public void Activate(Client client, SubscribeResult result)
    {
        var subscription = result.Subscription!;
        client.Reserve(subscription, 0);
        if (subscription.Has(SubscriptionTraits.Ended) || result.Phase != SubscriptionPhase.Live) return;
        if (subscription is MapSubscription map) map.StopDeadline();
        subscription.Set(SubscriptionTraits.Live);
        var held = subscription.Held;
        subscription.Held = null;
        if (held is { IsOverflown: true })
        {
            client.LosePosition(subscription);
            return;
        }

        held?.DeliverTo(subscription);
        if (subscription.Has(SubscriptionTraits.Ended)) return;
        client.Timer.Watch(subscription);
        news.Joined(subscription);
        if (application.FindChannel(result.Channel, out var values) is { Join: { } handler })
        {
            handlers.Notify(handler, new HandlerContext { Type = "join", Client = client, Target = result.Channel, Values = values });
        }
    }

    /// <summary>The client leaves a channel; leaving one it is not in is no error.</summary>
    public Outcome<UnsubscribeResult> Unsubscribe(Client client, string channel)
    {
        if (channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        if (client.FindSubscription(channel) is { } subscription) unsubscriber.End(client, subscription);
        return UnsubscribeResult.Instance;
    }

    /// <summary>The client shows a new subscription token.</summary>
    public async ValueTask<Outcome<SubRefreshResult>> RefreshAsync(Client client, string channel, string token)
    {
        if (channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        if (token.Length == 0) return ClientErrors.BadRequest.Because("The command has no token.");
        if (client.FindSubscription(channel) is not { } subscription) return ClientErrors.PermissionDenied.Because("The client is not subscribed to the channel.", false);
        if (!subscription.Has(SubscriptionTraits.ClientRefresh)) return Disconnects.BadRequest.Because("The subscription was not made with a token that expires.");

        var verified = await VerifyAsync(client, channel, token).OnShard(client.Shard);
        if (verified.Error == ClientErrors.TokenExpired) return Disconnects.SubscriptionExpired.Because(verified.Error.Explanation!);
        if (verified.Error is not null) return Disconnects.InvalidToken.Because(verified.Error.Explanation!, true);
        if (!verified.IsSuccess) return verified.Failure<SubRefreshResult>();
        if (subscription.Has(SubscriptionTraits.Ended)) return ClientErrors.PermissionDenied.Because("The subscription ended meanwhile.", false);
        var terms = verified.Value;
        if (clock.IsOver(terms.ExpiresAt)) return Disconnects.SubscriptionExpired;
        if (!terms.Info.IsEmpty) subscription.Info = client.Info with { ChannelInfo = terms.Info };
        subscription.ExpiresAt = clock.MomentOf(terms.ExpiresAt);
        client.Timer.Watch(subscription);
        var ttl = clock.TtlOf(terms.ExpiresAt);
        return new SubRefreshResult { Expires = ttl > 0, TtlSeconds = ttl };
    }

    /// <summary>Refreshes presence, and ends what expired.</summary>
    public void Maintain(Client client, Subscription subscription, long now)
    {
        if (subscription is PollSubscription poll) Poller.Sweep(poll, now);
        var channel = subscription.Channel;
        if (subscription.ExpiresAt != 0 && now >= subscription.ExpiresAt)
        {
            var isRenewed = !subscription.Has(SubscriptionTraits.ClientRefresh)
                && application.FindChannel(channel, out var values) is { Refresh: { } handler }
                && TryRenew(client, subscription, now, handler, values);
            if (subscription.Has(SubscriptionTraits.Ended)) return;
            if (!isRenewed && now >= subscription.ExpiresAt + (long)hubOptions.ExpiredSubscriptionDelay.TotalMilliseconds)
            {
                Expire(client, subscription);
                return;
            }
        }

        news.Refresh(subscription);
        if (subscription.Has(SubscriptionTraits.Presence))
        {
            brokerCalls.Forget(presenceStore.AddAsync(channel, subscription.Info!, hubOptions.PresenceTtl), channel);
        }
    }

    private void Expire(Client client, Subscription subscription)
    {
        if (subscription.Has(SubscriptionTraits.ServerSide)) client.End(Disconnects.SubscriptionExpired);
        else unsubscriber.EndByServer(client, subscription, Unsubscription.Expired);
    }

    // False when the grace for the application to answer is over; it counts from the first question.
    private bool TryRenew(Client client, Subscription subscription, long now, Handler<RefreshDecision> handler, ChannelValues values)
    {
        if (!subscription.Has(SubscriptionTraits.Expired))
        {
            subscription.Set(SubscriptionTraits.Expired);
            subscription.ExpiresAt = now;
        }
        else if (now >= subscription.ExpiresAt + (long)hubOptions.ExpiredSubscriptionDelay.TotalMilliseconds)
        {
            return false;
        }

        if (!subscription.Has(SubscriptionTraits.Renewing)) _ = RenewAsync(client, subscription, handler, values);
        if (subscription.Has(SubscriptionTraits.Expired)) client.Timer.MaintainBy(now + ConnectionRenewal.RetryMilliseconds);
        return true;
    }

    private async Task RenewAsync(Client client, Subscription subscription, Handler<RefreshDecision> handler, ChannelValues values)
    {
        try
        {
            subscription.Set(SubscriptionTraits.Renewing);
            var context = new HandlerContext { Type = "sub_refresh", Client = client, Target = subscription.Channel, Values = values };
            var answer = await handlers.DecideAsync(handler, context).OnShard(client.Shard);
            subscription.Set(SubscriptionTraits.Renewing, false);
            if (subscription.Has(SubscriptionTraits.Ended) || answer.Error is { IsTemporary: true }) return;
            if (answer.Value is not { } reply || clock.IsOver(reply.ExpiresAt))
            {
                Expire(client, subscription);
                return;
            }

            if (reply.Info is { } info && subscription.Info is { } before) subscription.Info = before with { ChannelInfo = payloads.SerializeObject(info) };
            subscription.Set(SubscriptionTraits.Expired, false);
            subscription.ExpiresAt = clock.MomentOf(reply.ExpiresAt);
        }
        catch (Exception exception)
        {
            client.Fail(exception);
        }
    }

    private Outcome<ChannelNamespace> Check(Client client, string channel)
    {
        var found = namespaces.Find(channel);
        if (!found.IsSuccess) return found;
        if (client.FindSubscription(channel) is not null) return ClientErrors.AlreadySubscribed;
        return client.SubscriptionCount >= hubOptions.MaxSubscriptionsPerClient ? ClientErrors.LimitExceeded.Because("The client has as many subscriptions as MaxSubscriptionsPerClient allows.", true) : found;
    }

    private async ValueTask<Outcome<SubscriptionTerms>> VerifyAsync(Client client, string channel, string token)
    {
        if (tokenVerifier is null) return ClientErrors.PermissionDenied.Because("The client sent a token, and the server verifies none: call AddTokens.", true);
        var verdict = await tokenVerifier.VerifySubscriptionAsync(token, client.Disconnected).OnShard(client.Shard);
        if (verdict.Status == TokenStatus.Expired) return ClientErrors.TokenExpired.Because(verdict.Explain());
        if (verdict.Status == TokenStatus.Unavailable) return Disconnects.InternalError.Because(verdict.Explain());
        if (verdict.Token is not { } said) return ClientErrors.PermissionDenied.Because(verdict.Explain(), true);
        if (said.Channel != channel || said.User != client.TokenUser || (said.Client.Length > 0 && said.Client != client.Id))
        {
            return Disconnects.InvalidToken.Because("The subscription token names another channel, user or client.", true);
        }

        return new SubscriptionTerms
        {
            Info = said.Info,
            Data = said.Data,
            ExpiresAt = said.ExpiresAt,
            Overrides = said.Overrides,
            IsRefreshedByClient = said.ExpiresAt is not null,
        };
    }
}
