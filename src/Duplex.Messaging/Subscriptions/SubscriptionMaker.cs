using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Filtering;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Recovery;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Subscribes a client to a stream or a shared poll: membership first, then the handler, then the position, so that no publication is lost in between.</summary>
internal sealed class SubscriptionMaker(
    HubClock clock,
    ChannelTable channelTable,
    Poller poller,
    SubscriptionDecider decider,
    StreamRecovery recovery,
    PresenceEntries presence,
    ClientUnsubscriber unsubscriber)
{
    public async ValueTask<Outcome<SubscribeResult>> MakeAsync(Client client, ChannelNamespace ns, SubscribeRequest request, SubscriptionPermit permit)
    {
        // The caller may have waited, and a client that has left would never leave again.
        if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
        if (clock.IsOver(permit.Settings.ExpiresAt)) return ClientErrors.Expired;

        // Membership is published before history is read: a publication racing with this subscribe is buffered
        // by the subscription instead of being lost.
        var shardChannel = channelTable.Attach(request.Channel, ns, client.Shard);
        var subscription = ns.Options.SubscriptionType == SubscriptionType.SharedPoll
            ? poller.Subscribe(client, shardChannel)
            : new Subscription(client, shardChannel);
        client.Subscriptions.Add(subscription);
        shardChannel.Add(subscription);
        Outcome<SubscribeResult> outcome;
        try
        {
            outcome = await PrepareAsync(subscription, request, permit).OnShard(client.Shard);
        }
        catch (Exception exception)
        {
            return unsubscriber.Conclude(subscription, exception);
        }

        return unsubscriber.Conclude(subscription, outcome);
    }

    private async ValueTask<Outcome<SubscribeResult>> PrepareAsync(Subscription subscription, SubscribeRequest request, SubscriptionPermit permit)
    {
        var client = subscription.Client;
        await new ValueTask(subscription.HubChannel.Joined).OnShard(client.Shard);
        var decision = await decider.DecideAsync(subscription, request, permit).OnShard(client.Shard);
        if (!decision.IsSuccess) return decision.Failure<SubscribeResult>();
        var settings = decision.Value;
        if (PaceRules.Set(subscription, request, settings) is { } refusal) return refusal;
        StreamSubscriptionRules.Set(subscription, request, settings);
        var state = await recovery.ReadAsync(subscription, request).OnShard(client.Shard);

        state = state.Within(client.Sender.ReplyRoom);
        client.Sender.Reserve(subscription, state.Publications.Bytes());

        // Publications that arrived while the handler ran follow the reply, because the handler's snapshot may lack them.
        if (permit.Handler is not null) state = state.Before(subscription.Held);
        if (request.Flag.HasFlag(SubscribeFlags.RejectUnrecovered) && state is { WasRecovering: true, IsRecovered: false }) return ClientErrors.UnrecoverablePosition;
        subscription.Offset = state.Top.Offset;
        subscription.Epoch = state.Top.Epoch ?? "";
        subscription.ExpiresAt = clock.MomentOf(settings.ExpiresAt);
        subscription.Set(SubscriptionState.HasBase, state.Publications.Count > 0 && subscription.HubChannel.Namespace.IsJson);
        if (!settings.Info.IsEmpty) subscription.Info = client.Info with { ChannelInfo = settings.Info };
        else if (subscription.Has(SubscriptionState.Presence) || subscription.Has(SubscriptionState.Announced)) subscription.Info = client.Info;
        await presence.AddAsync(subscription).OnShard(client.Shard);
        return ResultOf(subscription, settings, state);
    }

    private SubscribeResult ResultOf(Subscription subscription, SubscriptionSettings settings, StreamState state)
    {
        var ttl = settings.IsRefreshedByClient ? clock.TtlOf(settings.ExpiresAt) : 0;
        return new()
        {
            Subscription = subscription,
            Channel = subscription.Channel,
            Expires = ttl > 0,
            TtlSeconds = ttl,
            Positioned = subscription.Has(SubscriptionState.Positioned),
            Recoverable = subscription.Has(SubscriptionState.Recoverable),
            Type = subscription is PollSubscription ? SubscriptionType.SharedPoll : SubscriptionType.Stream,
            Position = new(state.Start.Offset, subscription is PollSubscription poll ? poll.Poll.Epoch : state.Start.Epoch ?? ""),
            WasRecovering = state.WasRecovering,
            Recovered = state.IsRecovered,
            Publications = subscription.Filter is { } filter ? Matching(filter, state.Publications) : state.Publications,
            Data = settings.Data,
            Delta = subscription.Has(SubscriptionState.Delta),
            Id = subscription.Has(SubscriptionState.ById) ? subscription.HubChannel.Id : 0,
        };
    }

    private static IReadOnlyList<Publication> Matching(TagsFilter filter, IReadOnlyList<Publication> publications) =>
        [.. publications.Where(publication => filter.Matches(publication.Tags))];
}
