using Duplex.Execution;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Maps;

/// <summary>Executes the steps of a map subscription: pages of entries, then the changes since the first page, then live. Called on the client's shard.</summary>
internal sealed class MapSteps(IMapBroker mapBroker, PresenceEntries presence, HubClock clock, HubOptions hubOptions)
{
    /// <summary>Executes the step that the client requests.</summary>
    public ValueTask<Outcome<SubscribeResult>> ExecuteAsync(MapSubscription map, SubscribeRequest step) => step.Phase switch
    {
        SubscriptionPhase.State => ReadStateAsync(map, step),
        SubscriptionPhase.Stream or SubscriptionPhase.Live => ReadStreamAsync(map, step),
        _ => new(ClientErrors.BadRequest),
    };

    private async ValueTask<Outcome<SubscribeResult>> ReadStateAsync(MapSubscription map, SubscribeRequest step)
    {
        var storage = map.Map.Storage;
        var limit = map.Map.PageSize(step.Limit);

        // Without a stream, the changes between the pages are buffered from the first page on.
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
        if (page.Cursor.Length > 0) return ResultOf(map, new(SubscriptionPhase.State, start) { State = state, Cursor = page.Cursor });
        return await CatchUpAsync(map, step, start, state).OnShard(map.Client.Shard);
    }

    private async ValueTask<Outcome<SubscribeResult>> ReadStreamAsync(MapSubscription map, SubscribeRequest step)
    {
        // A request without a position is for live changes only, which is permitted only to a client that never loaded entries.
        if (!map.Map.Storage.Stream.IsKept && (step.Recover || step.Phase == SubscriptionPhase.Stream)) return ClientErrors.UnrecoverablePosition;
        var since = step.Since;
        if (step is { Phase: SubscriptionPhase.Live, Recover: false, Since.Epoch.Length: 0 } && map.Start is null)
        {
            var top = await mapBroker.ReadStreamAsync(map.Channel, HistoryQuery.PositionOnly, map.Map.Storage).OnShard(map.Client.Shard);
            since = top.Position;
        }

        return await CatchUpAsync(map, step, since, []).OnShard(map.Client.Shard);
    }

    // Reads the changes since the position that the client has. The subscription is live when these are all.
    private async ValueTask<Outcome<SubscribeResult>> CatchUpAsync(
        MapSubscription map, SubscribeRequest step, StreamPosition since, IReadOnlyList<Publication> state)
    {
        var storage = map.Map.Storage;
        var limit = map.Map.PageSize(step.Limit);

        // Membership is published before the stream is read: a change racing with this is buffered instead of being lost.
        Join(map);
        if (!storage.Stream.IsKept) return await GoLiveAsync(map, new(SubscriptionPhase.Live, default) { State = state }).OnShard(map.Client.Shard);
        var page = await mapBroker.ReadStreamAsync(map.Channel, new HistoryQuery(limit + 1, since), storage).OnShard(map.Client.Shard);
        var changes = page.Publications;
        if (!IsContinuous(page, since)) return ClientErrors.UnrecoverablePosition;
        var room = Math.Max(1, hubOptions.MaxQueuedBytes - state.Bytes());
        limit = Math.Min(limit, changes.CountWithin(room));
        if (changes.Count <= limit && (state.Count == 0 || changes.Bytes() <= room))
        {
            var live = new MapStepResult(SubscriptionPhase.Live, page.Position)
            {
                State = state,
                Changes = changes,
                IsRecovered = step.Recover && step.Phase != SubscriptionPhase.State,
            };
            return await GoLiveAsync(map, live).OnShard(map.Client.Shard);
        }

        // The client is more than a page behind and requests the rest, so no changes are buffered meanwhile.
        Leave(map);
        switch (step.Phase)
        {
            case SubscriptionPhase.State:
                return ResultOf(map, new(SubscriptionPhase.State, since) { State = state });
            case SubscriptionPhase.Stream:
                IReadOnlyList<Publication> part = [.. changes.Take(limit)];
                return ResultOf(map, new(SubscriptionPhase.Stream, since with { Offset = part[^1].Offset }) { Changes = part });
            default:
                return ClientErrors.UnrecoverablePosition;
        }
    }

    private async ValueTask<Outcome<SubscribeResult>> GoLiveAsync(MapSubscription map, MapStepResult live)
    {
        map.Offset = live.Position.Offset;
        map.Epoch = live.Position.Epoch ?? "";
        map.ExpiresAt = clock.MomentOf(map.Settings.ExpiresAt);
        map.Set(SubscriptionState.HasBase);
        await presence.AddAsync(map).OnShard(map.Client.Shard);
        return ResultOf(map, live);
    }

    private static bool IsContinuous(HistoryPage page, StreamPosition since)
    {
        if (since.Epoch != page.Position.Epoch) return false;
        return page.Publications.Count == 0 ? since.Offset == page.Position.Offset : page.Publications[0].Offset == since.Offset + 1;
    }

    private static void Join(MapSubscription map)
    {
        if (map.Group is null && !map.Has(SubscriptionState.Ended)) map.ShardChannel.Add(map);
    }

    private static void Leave(MapSubscription map)
    {
        map.Group?.Remove(map);
        map.Held?.Clear();
        map.Held = null;
    }

    private SubscribeResult ResultOf(MapSubscription map, MapStepResult step)
    {
        var ttl = map.Settings.IsRefreshedByClient ? clock.TtlOf(map.Settings.ExpiresAt) : 0;
        return new()
        {
            Subscription = map,
            Channel = map.Channel,
            Type = map.Map.Type,
            Phase = step.Phase,
            State = step.State,
            Cursor = step.Cursor,
            Expires = ttl > 0,
            TtlSeconds = ttl,
            Positioned = map.Has(SubscriptionState.Positioned),
            Recoverable = map.Has(SubscriptionState.Recoverable),
            Position = step.Position with { Epoch = step.Position.Epoch ?? "" },
            WasRecovering = step.IsRecovered,
            Recovered = step.IsRecovered,
            Publications = MapFilter.Changes(map.Filter, step.Changes),
            Data = map.Settings.Data,
            Delta = map.Has(SubscriptionState.Delta),
            Id = map.Has(SubscriptionState.ById) ? map.HubChannel.Id : 0,
        };
    }
}
