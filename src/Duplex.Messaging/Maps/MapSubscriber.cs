using Duplex.Execution;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Maps;

/// <summary>
/// Takes clients into maps, step by step: pages of entries, then the changes since the first page, then live. The
/// client decides when it asks for the next step, the hub when it is live.
/// </summary>
internal sealed class MapSubscriber(
    IMapBroker mapBroker,
    IPresenceStore presenceStore,
    HubClock clock,
    HubReports reports,
    HubOptions hubOptions,
    BrokerCalls brokerCalls,
    ClientUnsubscriber unsubscriber)
{
    /// <summary>A client that is allowed in asks for its first step.</summary>
    public async ValueTask<Outcome<SubscribeResult>> StartAsync(
        Client client, MapNamespace ns, ShardChannel place, SubscribeRequest request, Func<Subscription, ValueTask<Outcome<SubscriptionTerms>>> decide)
    {
        var map = new MapSubscription(client, place, ns) { IsBusy = true };
        client.Link(map);
        map.StartDeadline(ns.Options.CatchUpTimeout, Expire);
        return await GuardAsync(map, DecideAsync).OnShard(client.Shard);

        async ValueTask<Outcome<SubscribeResult>> DecideAsync()
        {
            // Pages go on where others began; what is asked for without them was begun on another connection.
            if (request is { Phase: SubscriptionPhase.State, Cursor.Length: > 0 } or { Phase: SubscriptionPhase.Stream, Recover: false })
            {
                return ClientErrors.UnrecoverablePosition;
            }

            await new ValueTask(place.Channel.Joined).OnShard(client.Shard);
            var terms = await decide(map).OnShard(client.Shard);
            if (!terms.IsSuccess) return terms.Failure<SubscribeResult>();
            map.Terms = terms.Value;
            map.Info = terms.Value.Info.IsEmpty ? client.Info : client.Info with { ChannelInfo = terms.Value.Info };
            SetTraits(map, request);
            return await StepAsync(map, request).OnShard(client.Shard);
        }
    }

    /// <summary>A client that is on its way asks for its next step.</summary>
    public async ValueTask<Outcome<SubscribeResult>> ContinueAsync(MapSubscription map, SubscribeRequest step)
    {
        if (map.IsBusy || step is { Phase: SubscriptionPhase.State, Cursor.Length: 0 }) return ClientErrors.ConcurrentPagination;
        map.IsBusy = true;
        return await GuardAsync(map, () => StepAsync(map, step)).OnShard(map.Client.Shard);
    }

    private async ValueTask<Outcome<SubscribeResult>> GuardAsync(MapSubscription map, Func<ValueTask<Outcome<SubscribeResult>>> work)
    {
        var client = map.Client;
        Outcome<SubscribeResult> outcome;
        try
        {
            outcome = await work().OnShard(client.Shard);
        }
        catch (ClientException exception)
        {
            outcome = exception.Error;
        }
        catch (Exception exception)
        {
            reports.BrokerFailed(exception, map.Channel);
            outcome = ClientErrors.Internal;
        }

        map.IsBusy = false;
        if (map.Has(SubscriptionTraits.Ended))
        {
            // The connection closed, the server took the client out, or the map was cleared, while this was under way.
            if (map.Has(SubscriptionTraits.Presence)) brokerCalls.Forget(presenceStore.RemoveAsync(map.Channel, client.Id), map.Channel);
            if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
            return map.IsCleared ? ClientErrors.UnrecoverablePosition : ClientErrors.PermissionDenied.Because("The subscription ended meanwhile.", false);
        }

        if (!outcome.IsSuccess) unsubscriber.End(client, map);
        return outcome;
    }

    private ValueTask<Outcome<SubscribeResult>> StepAsync(MapSubscription map, SubscribeRequest step) => step.Phase switch
    {
        SubscriptionPhase.State => ReadStateAsync(map, step),
        SubscriptionPhase.Stream or SubscriptionPhase.Live => ReadStreamAsync(map, step),
        _ => new(ClientErrors.BadRequest),
    };

    private async ValueTask<Outcome<SubscribeResult>> ReadStateAsync(MapSubscription map, SubscribeRequest step)
    {
        var storage = map.Map.Storage;
        var limit = map.Map.PageSize(step.Limit);

        // Without a stream the changes between the pages are held back from the first page on.
        if (!storage.Stream.IsKept) Join(map);
        var query = new MapStateQuery(limit, step.Cursor, step.Ascending) { MaxBytes = hubOptions.MaxQueuedBytes };
        var page = await mapBroker.ReadStateAsync(map.Channel, query, storage).OnShard(map.Client.Shard);
        map.Start ??= page.Position;
        var start = map.Start.Value;
        if (page.Position.Epoch != start.Epoch || (step.Since.Epoch.Length > 0 && step.Since.Epoch != start.Epoch))
        {
            return ClientErrors.UnrecoverablePosition;
        }

        var state = MapFilter.State(map.Filter, page.Entries);
        if (page.Cursor.Length > 0) return ResultOf(map, SubscriptionPhase.State, start, state, [], page.Cursor);
        return await CatchUpAsync(map, start, state, limit, SubscriptionPhase.State, isRecovering: false).OnShard(map.Client.Shard);
    }

    private async ValueTask<Outcome<SubscribeResult>> ReadStreamAsync(MapSubscription map, SubscribeRequest step)
    {
        // Who asks without a position wants live changes alone, which only a client that never loaded entries may.
        if (!map.Map.Storage.Stream.IsKept && (step.Recover || step.Phase == SubscriptionPhase.Stream)) return ClientErrors.UnrecoverablePosition;
        var since = step.Since;
        if (step is { Phase: SubscriptionPhase.Live, Recover: false, Since.Epoch.Length: 0 } && map.Start is null)
        {
            var top = await mapBroker.ReadStreamAsync(map.Channel, HistoryQuery.PositionOnly, map.Map.Storage).OnShard(map.Client.Shard);
            since = top.Position;
        }

        return await CatchUpAsync(map, since, [], map.Map.PageSize(step.Limit), step.Phase, step.Recover).OnShard(map.Client.Shard);
    }

    // The client has the map as it was at a position: it gets the changes since, and is live when these are all.
    private async ValueTask<Outcome<SubscribeResult>> CatchUpAsync(
        MapSubscription map, StreamPosition since, IReadOnlyList<Publication> state, int limit, SubscriptionPhase phase, bool isRecovering)
    {
        var storage = map.Map.Storage;

        // Membership is published before the stream is read: a change racing with this is held back instead of being in neither place.
        Join(map);
        if (!storage.Stream.IsKept) return await GoLiveAsync(map, state, default, [], false).OnShard(map.Client.Shard);
        var page = await mapBroker.ReadStreamAsync(map.Channel, new HistoryQuery(limit + 1, since), storage).OnShard(map.Client.Shard);
        var changes = page.Publications;
        if (!IsContinuous(page, since)) return ClientErrors.UnrecoverablePosition;
        var room = Math.Max(1, hubOptions.MaxQueuedBytes - state.Bytes());
        limit = Math.Min(limit, changes.CountWithin(room));
        if (changes.Count <= limit && (state.Count == 0 || changes.Bytes() <= room)) return await GoLiveAsync(map, state, page.Position, changes, isRecovering).OnShard(map.Client.Shard);

        // More than a page behind: the client comes for the rest, and nothing is held back meanwhile.
        Leave(map);
        switch (phase)
        {
            case SubscriptionPhase.State:
                return ResultOf(map, SubscriptionPhase.State, since, state, []);
            case SubscriptionPhase.Stream:
                IReadOnlyList<Publication> part = [.. changes.Take(limit)];
                return ResultOf(map, SubscriptionPhase.Stream, since with { Offset = part[^1].Offset }, [], part);
            default:
                return ClientErrors.UnrecoverablePosition;
        }
    }

    private async ValueTask<Outcome<SubscribeResult>> GoLiveAsync(
        MapSubscription map, IReadOnlyList<Publication> state, StreamPosition top, IReadOnlyList<Publication> changes, bool isRecovering)
    {
        map.Offset = top.Offset;
        map.Epoch = top.Epoch ?? "";
        map.ExpiresAt = clock.MomentOf(map.Terms.ExpiresAt);
        map.Set(SubscriptionTraits.HasBase);
        if (map.Has(SubscriptionTraits.Presence) && !map.Has(SubscriptionTraits.Ended))
        {
            await presenceStore.AddAsync(map.Channel, map.Info!, hubOptions.PresenceTtl).OnShard(map.Client.Shard);
        }

        return ResultOf(map, SubscriptionPhase.Live, top, state, changes, isRecovering: isRecovering);
    }

    private static bool IsContinuous(HistoryPage page, StreamPosition since)
    {
        if (since.Epoch != page.Position.Epoch) return false;
        return page.Publications.Count == 0 ? since.Offset == page.Position.Offset : page.Publications[0].Offset == since.Offset + 1;
    }

    private static void Join(MapSubscription map)
    {
        if (map.Group is null && !map.Has(SubscriptionTraits.Ended)) map.Place.Add(map);
    }

    private static void Leave(MapSubscription map)
    {
        map.Group?.Remove(map);
        map.Held?.Clear();
        map.Held = null;
    }

    private static void Expire(MapSubscription map)
    {
        if (!map.IsLive && !map.Has(SubscriptionTraits.Ended)) map.Client.End(Disconnects.Slow.Because("The client did not read the pages of a map in time.", false));
    }

    private static void SetTraits(MapSubscription map, SubscribeRequest request)
    {
        var options = map.HubChannel.Namespace.Options;
        var isStreamed = map.Map.Storage.Stream.IsKept;
        map.Set(SubscriptionTraits.Positioned, isStreamed);
        map.Set(SubscriptionTraits.Recoverable, isStreamed);
        map.Set(SubscriptionTraits.Presence, map.Terms.Overrides.Presence ?? options.Presence);
        map.Set(SubscriptionTraits.MapPresence, map.HubChannel.Namespace.HasMapPresence);
        map.Set(SubscriptionTraits.ById, request.Flag.HasFlag(SubscribeFlags.ChannelCompaction) && options.AllowChannelCompaction);
        map.Set(SubscriptionTraits.ClientRefresh, map.Terms.IsRefreshedByClient);

        // Offsets prove that the client has the value that a patch is against.
        map.Set(SubscriptionTraits.Delta, request.Delta && map.HubChannel.Namespace.AllowsDelta && isStreamed && !map.Map.IsPresence);
    }

    private SubscribeResult ResultOf(
        MapSubscription map,
        SubscriptionPhase phase,
        StreamPosition position,
        IReadOnlyList<Publication> state,
        IReadOnlyList<Publication> changes,
        string cursor = "",
        bool isRecovering = false)
    {
        var ttl = map.Terms.IsRefreshedByClient ? clock.TtlOf(map.Terms.ExpiresAt) : 0;
        return new()
        {
            Subscription = map,
            Channel = map.Channel,
            Type = map.Map.Type,
            Phase = phase,
            State = state,
            Cursor = cursor,
            Expires = ttl > 0,
            TtlSeconds = ttl,
            Positioned = map.Has(SubscriptionTraits.Positioned),
            Recoverable = map.Has(SubscriptionTraits.Recoverable),
            Position = position with { Epoch = position.Epoch ?? "" },
            WasRecovering = isRecovering,
            Recovered = isRecovering,
            Publications = MapFilter.Changes(map.Filter, changes),
            Data = map.Terms.Data,
            Delta = map.Has(SubscriptionTraits.Delta),
            Id = map.Has(SubscriptionTraits.ById) ? map.HubChannel.Id : 0,
        };
    }
}
