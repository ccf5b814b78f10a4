using Duplex.Execution;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Compares a live subscription's position with its stream to detect publications lost between broker and hub.</summary>
internal sealed class PositionCheck(IBroker broker, IMapBroker mapBroker, HubReports reports)
{
    // A publication may be in transit from the broker to this node: only one that has not arrived after this time is lost.
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(1);

    public void Start(Subscription subscription) => _ = RunAsync(subscription);

    private async Task RunAsync(Subscription subscription)
    {
        var shard = subscription.Client.Shard;
        try
        {
            var ns = subscription.HubChannel.Namespace;
            var reading = ns.Map is { } map
                ? mapBroker.ReadStreamAsync(subscription.Channel, HistoryQuery.PositionOnly, map.Storage)
                : broker.ReadHistoryAsync(subscription.Channel, HistoryQuery.PositionOnly, ns.Stream);
            var page = await reading.OnShard(shard);
            if (IsBehind(subscription, page.Position))
            {
                var gracePeriod = GracePeriod + (subscription.HubChannel.Namespace.Batching?.MaxDelay ?? TimeSpan.Zero);
                shard.Schedule(new Recheck(subscription, page.Position), gracePeriod);
            }
        }
        catch (Exception exception)
        {
            reports.BrokerFailed(exception, subscription.Channel);
        }
    }

    private static bool IsBehind(Subscription subscription, StreamPosition top) =>
        subscription.Has(SubscriptionState.Live) && !subscription.Has(SubscriptionState.Ended)
        && (subscription.Epoch != top.Epoch || subscription.Offset < top.Offset);

    private sealed class Recheck(Subscription subscription, StreamPosition top) : ShardTimer
    {
        protected override void OnDue()
        {
            if (IsBehind(subscription, top)) subscription.Client.LosePosition(subscription);
        }
    }
}
