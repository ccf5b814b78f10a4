using Duplex.Execution;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Maps;

namespace Duplex.Messaging.Subscriptions;

/// <summary>
/// Publishes joins and leaves of clients to the members of channels, as pushes and in maps of presence. A change is published at
/// once, unless the client has left the same channel within the last second: then it is published when that second is over, if
/// it still applies. A client that repeatedly joins and leaves causes one push per second. Called on the client's shard.
/// </summary>
internal sealed class JoinLeavePublisher(IBroker broker, MapPresence mapPresence, BrokerCalls brokerCalls)
{
    /// <summary>Limit: time between two published joins or leaves of a client that repeatedly joins and leaves a channel; pairs in between cancel out.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public void Joined(Subscription subscription)
    {
        if (!IsPublished(subscription)) return;
        if (Find(subscription) is { } recent) recent.Rejoined = subscription;
        else Publish(subscription, isJoin: true);
    }

    public void Left(Subscription subscription)
    {
        if (!IsPublished(subscription)) return;
        var client = subscription.Client;
        if (Find(subscription) is { } recent)
        {
            recent.Rejoined = null;
            return;
        }

        Publish(subscription, isJoin: false);

        // A client that has left returns as a new one.
        if (client.Phase == ClientPhase.Closed) return;
        recent = new RecentLeave(this, client, subscription);
        (client.RecentLeaves ??= new(StringComparer.Ordinal)).Add(subscription.Channel, recent);
        Arm(recent);
    }

    /// <summary>Extends the lifetime of the map entry of a client that is still in a channel.</summary>
    public void Refresh(Subscription subscription)
    {
        // A join that waits for its second is not in the map yet.
        if (subscription.Has(SubscriptionState.MapPresence) && Find(subscription) is null) mapPresence.Add(subscription);
    }

    /// <summary>Publishes the leaves that are due after a client has left all its channels, and drops the pending changes.</summary>
    public void Flush(Client client)
    {
        if (client.RecentLeaves is not { } left) return;
        client.RecentLeaves = null;
        foreach (var recent in left.Values)
        {
            client.Shard.Cancel(recent);
            if (recent.IsJoinPublished) Publish(recent.LastPublished, isJoin: false);
        }
    }

    private static bool IsPublished(Subscription subscription) => (subscription.State & (SubscriptionState.Announced | SubscriptionState.MapPresence)) != 0;

    private static RecentLeave? Find(Subscription subscription) => subscription.Client.RecentLeaves?.GetValueOrDefault(subscription.Channel);

    private static void Arm(RecentLeave recent) => recent.Client.Shard.Schedule(recent, Interval);

    private void OnDue(RecentLeave recent)
    {
        // The client left in the same turn.
        if (recent.Client.RecentLeaves is not { } left) return;
        if (recent.IsJoinPublished == recent.Rejoined is not null)
        {
            left.Remove(recent.LastPublished.Channel);
            return;
        }

        recent.IsJoinPublished = recent.Rejoined is not null;
        if (recent.Rejoined is { } rejoined) recent.LastPublished = rejoined;
        Publish(recent.LastPublished, recent.IsJoinPublished);
        Arm(recent);
    }

    private void Publish(Subscription subscription, bool isJoin)
    {
        var channel = subscription.Channel;
        if (subscription.Has(SubscriptionState.Announced))
        {
            var info = subscription.Info!;
            brokerCalls.Forget(isJoin ? broker.PublishJoinAsync(channel, info) : broker.PublishLeaveAsync(channel, info), channel);
        }

        if (!subscription.Has(SubscriptionState.MapPresence)) return;
        if (isJoin) mapPresence.Add(subscription);
        else mapPresence.Remove(subscription);
    }

    /// <summary>A channel in which a client's joins and leaves are delayed, because the client has left it within the last second.</summary>
    internal sealed class RecentLeave(JoinLeavePublisher joinLeaves, Client client, Subscription lastPublished) : ShardTimer
    {
        public Client Client { get; } = client;

        /// <summary>The subscription of the last published change.</summary>
        public Subscription LastPublished { get; set; } = lastPublished;

        /// <summary>Whether a join was published last.</summary>
        public bool IsJoinPublished { get; set; }

        /// <summary>The subscription by which the client is in the channel again; null when it is not.</summary>
        public Subscription? Rejoined { get; set; }

        protected override void OnDue() => joinLeaves.OnDue(this);
    }
}
