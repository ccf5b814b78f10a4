using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Maps;

/// <summary>
/// Subscribes clients to maps, step by step. The client determines when the next step runs, the hub when the subscription is live.
/// Called on the client's shard.
/// </summary>
internal sealed class MapSubscriber(
    HubClock clock, ChannelTable channelTable, SubscriptionDecider decider, MapSteps steps, ClientUnsubscriber unsubscriber)
{
    /// <summary>Starts a permitted subscription with its first step.</summary>
    public async ValueTask<Outcome<SubscribeResult>> StartAsync(
        Client client, ChannelNamespace ns, MapNamespace map, SubscribeRequest request, SubscriptionPermit permit)
    {
        // The caller may have waited, and a client that has left would never leave again.
        if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
        if (clock.IsOver(permit.Settings.ExpiresAt)) return ClientErrors.Expired;
        var subscription = new MapSubscription(client, channelTable.Attach(request.Channel, ns, client.Shard), map) { IsBusy = true };
        client.Subscriptions.Add(subscription);
        subscription.StartDeadline(map.Options.CatchUpTimeout, Expire);
        return await ConcludeAsync(subscription, FirstStepAsync(subscription, request, permit)).OnShard(client.Shard);
    }

    /// <summary>Executes the next step of a subscription that is not live yet.</summary>
    public async ValueTask<Outcome<SubscribeResult>> ContinueAsync(MapSubscription map, SubscribeRequest step)
    {
        if (map.IsBusy || step is { Phase: SubscriptionPhase.State, Cursor.Length: 0 }) return ClientErrors.ConcurrentPagination;
        map.IsBusy = true;
        return await ConcludeAsync(map, steps.ExecuteAsync(map, step)).OnShard(map.Client.Shard);
    }

    private async ValueTask<Outcome<SubscribeResult>> FirstStepAsync(MapSubscription map, SubscribeRequest request, SubscriptionPermit permit)
    {
        // Pages continue those before them; a step that needs earlier pages was started on another connection.
        if (request is { Phase: SubscriptionPhase.State, Cursor.Length: > 0 } or { Phase: SubscriptionPhase.Stream, Recover: false })
        {
            return ClientErrors.UnrecoverablePosition;
        }

        var client = map.Client;
        await new ValueTask(map.HubChannel.Joined).OnShard(client.Shard);
        var settings = await decider.DecideAsync(map, request, permit).OnShard(client.Shard);
        if (!settings.IsSuccess) return settings.Failure<SubscribeResult>();
        map.Settings = settings.Value;
        map.Info = settings.Value.Info.IsEmpty ? client.Info : client.Info with { ChannelInfo = settings.Value.Info };
        if (PaceRules.Set(map, request, settings.Value) is { } refusal) return refusal;
        SetState(map, request);
        return await steps.ExecuteAsync(map, request).OnShard(client.Shard);
    }

    private async ValueTask<Outcome<SubscribeResult>> ConcludeAsync(MapSubscription map, ValueTask<Outcome<SubscribeResult>> step)
    {
        Outcome<SubscribeResult> outcome;
        try
        {
            outcome = await step.OnShard(map.Client.Shard);
        }
        catch (ClientException exception)
        {
            outcome = exception.Error;
        }
        catch (Exception exception)
        {
            map.IsBusy = false;
            return unsubscriber.Conclude(map, exception);
        }

        map.IsBusy = false;
        return unsubscriber.Conclude(map, outcome);
    }

    private static void Expire(MapSubscription map)
    {
        if (!map.IsLive && !map.Has(SubscriptionState.Ended)) map.Client.End(Disconnects.Slow.Because("The client did not read the pages of a map in time.", false));
    }

    private static void SetState(MapSubscription map, SubscribeRequest request)
    {
        var options = map.HubChannel.Namespace.Options;
        var isStreamed = map.Map.Storage.Stream.IsKept;
        map.Set(SubscriptionState.Positioned, isStreamed);
        map.Set(SubscriptionState.Recoverable, isStreamed);
        map.Set(SubscriptionState.Presence, map.Settings.Overrides.Presence ?? options.Presence);
        map.Set(SubscriptionState.MapPresence, map.HubChannel.Namespace.HasMapPresence);
        map.Set(SubscriptionState.ById, request.Flag.HasFlag(SubscribeFlags.ChannelCompaction) && options.AllowChannelCompaction);
        map.Set(SubscriptionState.ClientRefresh, map.Settings.IsRefreshedByClient);

        // Offsets prove that the client has the value that a patch applies to.
        map.Set(SubscriptionState.Delta, request.Delta && map.Batch is null && map.HubChannel.Namespace.AllowsDelta && isStreamed && !map.Map.IsPresence);
    }
}
