using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Filtering;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Recovery;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Puts a client into a channel: membership first, then the handler, then position, so that no publication falls between.</summary>
internal sealed class SubscriptionMaker(
    IBroker broker,
    IPresenceStore presenceStore,
    HubClock clock,
    ChannelTable channelTable,
    HubReports reports,
    PayloadSerializer payloads,
    HubOptions hubOptions,
    Poller poller,
    MapSubscriber mapSubscriber,
    HandlerInvoker handlers,
    BrokerCalls brokerCalls,
    ClientUnsubscriber unsubscriber)
{
    public async ValueTask<Outcome<SubscribeResult>> MakeAsync(
        Client client,
        ChannelNamespace ns,
        SubscribeRequest request,
        SubscriptionTerms terms,
        Handler<SubscribeDecision>? handler = null,
        ChannelValues values = default)
    {
        // Whoever comes here may have waited, and a client that has left would never leave again.
        if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
        if (clock.IsOver(terms.ExpiresAt)) return ClientErrors.Expired;

        // Membership is published before history is read: a publication racing with this subscribe is held back
        // by the subscription instead of being in neither place.
        var place = channelTable.Attach(request.Channel, ns, client.Shard);
        if (ns.Map is { } map) return await MakeMapAsync(client, map, place, request, terms, handler, values).OnShard(client.Shard);

        var subscription = ns.Options.SubscriptionType == SubscriptionType.SharedPoll
            ? poller.Subscribe(client, place)
            : new Subscription(client, place);
        client.Link(subscription);
        place.Add(subscription);

        Outcome<SubscribeResult> outcome;
        try
        {
            outcome = await PrepareAsync(subscription, ns, request, terms, handler, values).OnShard(client.Shard);
        }
        catch (Exception exception)
        {
            reports.BrokerFailed(exception, request.Channel);
            outcome = ClientErrors.Internal;
        }

        if (subscription.Has(SubscriptionTraits.Ended))
        {
            // The connection closed, or the server took the client out, while this was under way.
            if (subscription.Has(SubscriptionTraits.Presence)) brokerCalls.Forget(presenceStore.RemoveAsync(request.Channel, client.Id), request.Channel);
            return client.Phase == ClientPhase.Closed ? Disconnects.ConnectionClosed : ClientErrors.PermissionDenied.Because("The server unsubscribed the client while it subscribed.", false);
        }

        if (!outcome.IsSuccess) unsubscriber.End(client, subscription);
        return outcome;
    }

    // In a method of its own: a method that makes a delegate pays for what the delegate captures whether it is made or not.
    private ValueTask<Outcome<SubscribeResult>> MakeMapAsync(
        Client client, MapNamespace map, ShardChannel place, SubscribeRequest request, SubscriptionTerms terms, Handler<SubscribeDecision>? handler, ChannelValues values) =>
        mapSubscriber.StartAsync(
            client, map, place, request, subscription => DecideAsync(subscription, place.Channel.Namespace, request, terms, handler, values));

    private async ValueTask<Outcome<SubscribeResult>> PrepareAsync(
        Subscription subscription,
        ChannelNamespace ns,
        SubscribeRequest request,
        SubscriptionTerms terms,
        Handler<SubscribeDecision>? handler,
        ChannelValues values)
    {
        var client = subscription.Client;
        if (!TrySetFilter(subscription, ns, request)) return ClientErrors.BadRequest.Because("The filter of tags is malformed, or AllowTagsFilter of the namespace is off.");
        await new ValueTask(subscription.HubChannel.Joined).OnShard(client.Shard);
        if (handler is not null)
        {
            var asked = await AskAsync(client, request, terms, handler, values).OnShard(client.Shard);
            if (!asked.IsSuccess) return asked.Failure<SubscribeResult>();
            terms = asked.Value;
        }

        SetTraits(subscription, ns, request, terms);
        var state = await ReadAsync(subscription, ns, request).OnShard(client.Shard);

        state = state.Within(client.ReplyRoom);
        client.Reserve(subscription, state.Publications.Bytes());

        // What was published while the handler was at work follows the reply, because the handler's snapshot may lack it.
        if (handler is not null) state = state.Before(subscription.Held);
        if (request.Flag.HasFlag(SubscribeFlags.RejectUnrecovered) && state is { WasRecovering: true, IsRecovered: false }) return ClientErrors.UnrecoverablePosition;
        subscription.Offset = state.Top.Offset;
        subscription.Epoch = state.Top.Epoch ?? "";
        subscription.ExpiresAt = clock.MomentOf(terms.ExpiresAt);
        subscription.Set(SubscriptionTraits.HasBase, state.Publications.Count > 0 && ns.IsJson);
        if (!terms.Info.IsEmpty) subscription.Info = client.Info with { ChannelInfo = terms.Info };
        else if (subscription.Has(SubscriptionTraits.Presence) || subscription.Has(SubscriptionTraits.Announced)) subscription.Info = client.Info;
        if (subscription.Has(SubscriptionTraits.Presence) && !subscription.Has(SubscriptionTraits.Ended))
        {
            await presenceStore.AddAsync(request.Channel, subscription.Info!, hubOptions.PresenceTtl).OnShard(client.Shard);
        }

        return ResultOf(subscription, terms, state);
    }

    private async ValueTask<Outcome<SubscriptionTerms>> DecideAsync(
        Subscription subscription, ChannelNamespace ns, SubscribeRequest request, SubscriptionTerms terms, Handler<SubscribeDecision>? handler, ChannelValues values)
    {
        if (!TrySetFilter(subscription, ns, request)) return ClientErrors.BadRequest.Because("The filter of tags is malformed, or AllowTagsFilter of the namespace is off.");
        return handler is null ? terms : await AskAsync(subscription.Client, request, terms, handler, values).OnShard(subscription.Client.Shard);
    }

    private async ValueTask<Outcome<SubscriptionTerms>> AskAsync(
        Client client, SubscribeRequest request, SubscriptionTerms terms, Handler<SubscribeDecision> handler, ChannelValues values)
    {
        var context = new HandlerContext { Type = "subscribe", Client = client, Target = request.Channel, Values = values, Data = request.Data };
        var answer = await handlers.DecideAsync(handler, context).OnShard(client.Shard);
        if (!answer.IsSuccess) return answer.Failure<SubscriptionTerms>();
        var applied = Apply(answer.Value, terms);
        return clock.IsOver(applied.ExpiresAt) ? ClientErrors.Expired : applied;
    }

    private static bool TrySetFilter(Subscription subscription, ChannelNamespace ns, SubscribeRequest request)
    {
        if (request.TagsFilter is not { } node) return true;
        if (!ns.Options.AllowTagsFilter || request.Delta || !TagsFilter.TryCreate(node, out var filter)) return false;
        subscription.Filter = filter;
        return true;
    }

    private ValueTask<StreamState> ReadAsync(Subscription subscription, ChannelNamespace ns, SubscribeRequest request) =>
        subscription.Has(SubscriptionTraits.Positioned)
            ? StreamRecovery.ReadAsync(
                broker,
                request.Channel,
                ns,
                request.RecoverSince,
                subscription.Has(SubscriptionTraits.Recoverable),
                hubOptions.MaxRecoveryPublications)
            : new(StreamState.None with { WasRecovering = request.Recover });

    private static void SetTraits(Subscription subscription, ChannelNamespace ns, SubscribeRequest request, SubscriptionTerms terms)
    {
        var options = ns.Options;
        var overrides = terms.Overrides;
        var client = subscription.Client;
        var mayAsk = ns.ShowsHistoryTo(client);
        var isRecoverable = ns.Stream.IsKept
            && (overrides.Recovery ?? (options.Recovery || (request.Recoverable && (options.AllowRecovery || mayAsk))));
        var isPositioned = isRecoverable || (ns.Stream.IsKept
            && (overrides.Positioning ?? (options.Positioning || (request.Positioned && (options.AllowPositioning || mayAsk)))));
        var joinLeave = overrides.JoinLeave ?? options.JoinLeave;
        var presence = overrides.Presence ?? options.Presence;

        subscription.Set(SubscriptionTraits.ServerSide, terms.IsServerSide);
        subscription.Set(SubscriptionTraits.Recoverable, isRecoverable);
        subscription.Set(SubscriptionTraits.Positioned, isPositioned);
        subscription.Set(SubscriptionTraits.Presence, presence);
        subscription.Set(SubscriptionTraits.Announced, joinLeave);
        subscription.Set(
            SubscriptionTraits.JoinLeave,
            (overrides.ForceJoinLeave ?? options.ForceJoinLeave) || (request.JoinLeave && joinLeave && ns.ShowsPresenceTo(client)));
        subscription.Set(SubscriptionTraits.Delta, request.Delta && ns.AllowsDelta && (isPositioned || subscription is PollSubscription));
        subscription.Set(SubscriptionTraits.ById, request.Flag.HasFlag(SubscribeFlags.ChannelCompaction) && options.AllowChannelCompaction);
        subscription.Set(SubscriptionTraits.MapPresence, ns.HasMapPresence);
        subscription.Set(SubscriptionTraits.ClientRefresh, terms.IsRefreshedByClient);
    }

    private SubscriptionTerms Apply(SubscribeDecision decision, SubscriptionTerms terms) => terms with
    {
        Data = payloads.SerializeObject(decision.Data),
        Info = payloads.SerializeObject(decision.Info),
        ExpiresAt = decision.ExpiresAt,
        Overrides = decision.Overrides,
    };

    private SubscribeResult ResultOf(Subscription subscription, SubscriptionTerms terms, StreamState state)
    {
        var ttl = terms.IsRefreshedByClient ? clock.TtlOf(terms.ExpiresAt) : 0;
        return new()
        {
            Subscription = subscription,
            Channel = subscription.Channel,
            Expires = ttl > 0,
            TtlSeconds = ttl,
            Positioned = subscription.Has(SubscriptionTraits.Positioned),
            Recoverable = subscription.Has(SubscriptionTraits.Recoverable),
            Type = subscription is PollSubscription ? SubscriptionType.SharedPoll : SubscriptionType.Stream,
            Position = new(state.Start.Offset, subscription is PollSubscription poll ? poll.Poll.Epoch : state.Start.Epoch ?? ""),
            WasRecovering = state.WasRecovering,
            Recovered = state.IsRecovered,
            Publications = subscription.Filter is { } filter ? Matching(filter, state.Publications) : state.Publications,
            Data = terms.Data,
            Delta = subscription.Has(SubscriptionTraits.Delta),
            Id = subscription.Has(SubscriptionTraits.ById) ? subscription.HubChannel.Id : 0,
        };
    }

    private static IReadOnlyList<Publication> Matching(TagsFilter filter, IReadOnlyList<Publication> publications) =>
        [.. publications.Where(publication => filter.Matches(publication.Tags))];
}
