using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Makes, renews and ends subscriptions. On the client's shard.</summary>
internal sealed class ClientSubscriber(Hub hub)
{
    private readonly SubscriptionMaker _maker = new(hub);

    /// <summary>A client asks to subscribe: a token decides, else the channel's users, else the handler, else the options.</summary>
    public async ValueTask<Outcome<SubscribeResult>> SubscribeAsync(Client client, SubscribeRequest request, bool isServerSide = false)
    {
        if (request.Channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        if (request.Type != SubscriptionType.Stream && client.FindSubscription(request.Channel) is MapSubscription { IsLive: false } started)
        {
            return await hub.MapSubscriber.ContinueAsync(started, request).OnShard(client.Shard);
        }

        var found = Check(client, request.Channel);
        if (!found.IsSuccess) return found.Failure<SubscribeResult>();
        var ns = found.Value;
        if (request.Type != ns.Options.SubscriptionType) return ClientErrors.PermissionDenied.Because($"The client asks for {request.Type}, and SubscriptionType of the namespace is {ns.Options.SubscriptionType}.", true);
        if (request.Type == SubscriptionType.SharedPoll && !hub.Poller.IsAnswered(request.Channel)) return ClientErrors.NotAvailable.Because("No poll handler is mapped for the channel: map OnPoll.", true);

        if (request.Token.Length > 0)
        {
            var terms = await VerifyAsync(client, request.Channel, request.Token).OnShard(client.Shard);
            if (!terms.IsSuccess) return terms.Failure<SubscribeResult>();
            if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
            found = Check(client, request.Channel);
            if (!found.IsSuccess) return found.Failure<SubscribeResult>();
            return await _maker.MakeAsync(client, ns, request, isServerSide ? terms.Value with { IsServerSide = true } : terms.Value).OnShard(client.Shard);
        }

        if (new ChannelName(request.Channel).IsPrivate) return ClientErrors.PermissionDenied.Because("Channels whose names begin with $ need a subscription token.", true);
        var own = isServerSide ? SubscriptionTerms.ServerSide : SubscriptionTerms.Default;
        if (!ns.IsOwnedBy(client, request.Channel) && hub.Application.FindChannel(request.Channel, out var values) is { Subscribe: { } handler })
        {
            return await _maker.MakeAsync(client, ns, request, own, handler, values).OnShard(client.Shard);
        }

        return ns.IsOwnedBy(client, request.Channel) || ns.MaySubscribe(client, request.Channel)
            ? await _maker.MakeAsync(client, ns, request, own).OnShard(client.Shard)
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
            Info = hub.Payloads.SerializeObject(subscription.Info),
            Data = hub.Payloads.SerializeObject(subscription.Data),
            ExpiresAt = subscription.ExpiresAt,
            Overrides = subscription.Overrides,
        };
        var request = SubscribeRequest.To(subscription.Channel, since);
        return await _maker.MakeAsync(client, found.Value, request, terms).OnShard(client.Shard);
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
        hub.News.Joined(subscription);
        if (hub.Application.FindChannel(result.Channel, out var values) is { Join: { } handler })
        {
            hub.Notify(handler, new HandlerContext { Type = "join", Client = client, Target = result.Channel, Values = values });
        }
    }

    /// <summary>The client leaves a channel; leaving one it is not in is no error.</summary>
    public Outcome<UnsubscribeResult> Unsubscribe(Client client, string channel)
    {
        if (channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        if (client.FindSubscription(channel) is { } subscription) End(client, subscription);
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
        if (hub.Clock.IsOver(terms.ExpiresAt)) return Disconnects.SubscriptionExpired;
        if (!terms.Info.IsEmpty) subscription.Info = client.Info with { ChannelInfo = terms.Info };
        subscription.ExpiresAt = hub.Clock.MomentOf(terms.ExpiresAt);
        client.Timer.Watch(subscription);
        var ttl = hub.Clock.TtlOf(terms.ExpiresAt);
        return new SubRefreshResult { Expires = ttl > 0, TtlSeconds = ttl };
    }

    /// <summary>The server takes a client out of a channel and tells it.</summary>
    public void EndByServer(Client client, Subscription subscription, Unsubscription reason)
    {
        var wasLive = subscription.Has(SubscriptionTraits.Live);
        var channel = subscription.Channel;
        End(client, subscription);

        // One that is still being made gets its error reply instead.
        if (!wasLive) return;
        hub.Reports.Unsubscribed(client, channel, reason);
        client.SendOwned(client.Wire.EncodeUnsubscribe(channel, reason));
    }

    public void End(Client client, Subscription subscription)
    {
        if (subscription.Has(SubscriptionTraits.Ended)) return;
        client.Reserve(subscription, 0);
        var wasLive = subscription.Has(SubscriptionTraits.Live);
        subscription.Set(SubscriptionTraits.Ended);
        subscription.Set(SubscriptionTraits.Live, false);
        client.Unlink(subscription);
        subscription.Group?.Remove(subscription);
        subscription.Held?.Clear();
        subscription.Held = null;
        var channel = subscription.Channel;
        if (subscription.Has(SubscriptionTraits.Presence)) hub.Forget(hub.Presence.RemoveAsync(channel, client.Id), channel);
        if (wasLive) hub.News.Left(subscription);
        if (subscription is MapSubscription map) hub.MapSubscriber.End(map);
        if (subscription is PollSubscription poll) hub.Poller.End(poll);
        hub.Channels.Detach(subscription.Place);
        if (wasLive && hub.Application.FindChannel(channel, out var values) is { Leave: { } handler })
        {
            hub.Notify(handler, new HandlerContext { Type = "leave", Client = client, Target = channel, Values = values });
        }
    }

    /// <summary>Refreshes presence, and ends what expired.</summary>
    public void Maintain(Client client, Subscription subscription, long now)
    {
        if (subscription is PollSubscription poll) Poller.Sweep(poll, now);
        var channel = subscription.Channel;
        if (subscription.ExpiresAt != 0 && now >= subscription.ExpiresAt)
        {
            var isRenewed = !subscription.Has(SubscriptionTraits.ClientRefresh)
                && hub.Application.FindChannel(channel, out var values) is { Refresh: { } handler }
                && TryRenew(client, subscription, now, handler, values);
            if (subscription.Has(SubscriptionTraits.Ended)) return;
            if (!isRenewed && now >= subscription.ExpiresAt + (long)hub.Options.ExpiredSubscriptionDelay.TotalMilliseconds)
            {
                Expire(client, subscription);
                return;
            }
        }

        hub.News.Refresh(subscription);
        if (subscription.Has(SubscriptionTraits.Presence))
        {
            hub.Forget(hub.Presence.AddAsync(channel, subscription.Info!, hub.Options.PresenceTtl), channel);
        }
    }

    private void Expire(Client client, Subscription subscription)
    {
        if (subscription.Has(SubscriptionTraits.ServerSide)) client.End(Disconnects.SubscriptionExpired);
        else EndByServer(client, subscription, Unsubscription.Expired);
    }

    // False when the grace for the application to answer is over; it counts from the first question.
    private bool TryRenew(Client client, Subscription subscription, long now, Handler handler, ChannelValues values)
    {
        if (!subscription.Has(SubscriptionTraits.Expired))
        {
            subscription.Set(SubscriptionTraits.Expired);
            subscription.ExpiresAt = now;
        }
        else if (now >= subscription.ExpiresAt + (long)hub.Options.ExpiredSubscriptionDelay.TotalMilliseconds)
        {
            return false;
        }

        if (!subscription.Has(SubscriptionTraits.Renewing)) _ = RenewAsync(client, subscription, handler, values);
        if (subscription.Has(SubscriptionTraits.Expired)) client.Timer.MaintainBy(now + ConnectionRenewal.RetryMilliseconds);
        return true;
    }

    private async Task RenewAsync(Client client, Subscription subscription, Handler handler, ChannelValues values)
    {
        try
        {
            subscription.Set(SubscriptionTraits.Renewing);
            var context = new HandlerContext { Type = "sub_refresh", Client = client, Target = subscription.Channel, Values = values };
            var answer = await hub.CallAsync(handler, context).OnShard(client.Shard);
            subscription.Set(SubscriptionTraits.Renewing, false);
            if (subscription.Has(SubscriptionTraits.Ended) || answer.Error is { IsTemporary: true }) return;
            if (RefreshReply.Of(answer.Value?.Result, hub.Clock.UtcNow) is not { } reply)
            {
                Expire(client, subscription);
                return;
            }

            if (reply.Info is { } info && subscription.Info is { } before) subscription.Info = before with { ChannelInfo = hub.Payloads.SerializeObject(info) };
            subscription.Set(SubscriptionTraits.Expired, false);
            subscription.ExpiresAt = hub.Clock.MomentOf(reply.ExpiresAt);
        }
        catch (Exception exception)
        {
            client.Fail(exception);
        }
    }

    private Outcome<ChannelNamespace> Check(Client client, string channel)
    {
        var found = hub.Namespaces.Find(channel);
        if (!found.IsSuccess) return found;
        if (client.FindSubscription(channel) is not null) return ClientErrors.AlreadySubscribed;
        return client.SubscriptionCount >= hub.Options.ChannelLimit ? ClientErrors.LimitExceeded.Because("The client has as many subscriptions as ChannelLimit allows.", true) : found;
    }

    private async ValueTask<Outcome<SubscriptionTerms>> VerifyAsync(Client client, string channel, string token)
    {
        if (hub.Tokens is null) return ClientErrors.PermissionDenied.Because("The client sent a token, and the server verifies none: call AddTokens.", true);
        var verdict = await hub.Tokens.VerifySubscriptionAsync(token, client.Disconnected).OnShard(client.Shard);
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
