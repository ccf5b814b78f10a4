using Duplex.Execution;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Maps;

namespace Duplex.Messaging.Subscriptions;

/// <summary>
/// Tells the members of channels, by pushes and by maps of who is there, that clients join and leave. A change is told at
/// once, unless the client has left the same channel within the last second: then it is told when that second is over, if
/// it still holds. A client that comes and goes in a loop costs the members one push a second. On the client's shard.
/// </summary>
internal sealed class MembershipNews(IBroker broker, MapPresence mapPresence, BrokerCalls brokerCalls)
{
    /// <summary>Limit: time between two rounds of joins and leaves of a client that comes and goes; pairs in between cancel out.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public void Joined(Subscription subscription)
    {
        if (!IsNews(subscription)) return;
        if (Find(subscription) is { } recent) recent.Inside = subscription;
        else Tell(subscription, isJoin: true);
    }

    public void Left(Subscription subscription)
    {
        if (!IsNews(subscription)) return;
        var client = subscription.Client;
        if (Find(subscription) is { } recent)
        {
            recent.Inside = null;
            return;
        }

        Tell(subscription, isJoin: false);

        // A client that has gone comes back as another one.
        if (client.Phase == ClientPhase.Closed) return;
        recent = new Recent(this, client, subscription);
        (client.RecentlyLeft ??= new(StringComparer.Ordinal)).Add(subscription.Channel, recent);
        Arm(recent);
    }

    /// <summary>Keeps the entry of a map alive for a client that is still in a channel.</summary>
    public void Refresh(Subscription subscription)
    {
        // What waits for its second is not in the map yet.
        if (subscription.Has(SubscriptionTraits.MapPresence) && Find(subscription) is null) mapPresence.Add(subscription);
    }

    /// <summary>The client has gone and left all its channels: what the members still believe is set right, and nothing waits any more.</summary>
    public void Flush(Client client)
    {
        if (client.RecentlyLeft is not { } left) return;
        client.RecentlyLeft = null;
        foreach (var recent in left.Values)
        {
            client.Shard.Cancel(recent);
            if (recent.IsToldInside) Tell(recent.Told, isJoin: false);
        }
    }

    private static bool IsNews(Subscription subscription) => (subscription.Traits & (SubscriptionTraits.Announced | SubscriptionTraits.MapPresence)) != 0;

    private static Recent? Find(Subscription subscription) => subscription.Client.RecentlyLeft?.GetValueOrDefault(subscription.Channel);

    private static void Arm(Recent recent) => recent.Client.Shard.Schedule(recent, Interval);

    private void OnDue(Recent recent)
    {
        // The client went in the same turn.
        if (recent.Client.RecentlyLeft is not { } left) return;
        if (recent.IsToldInside == recent.Inside is not null)
        {
            left.Remove(recent.Told.Channel);
            return;
        }

        recent.IsToldInside = recent.Inside is not null;
        if (recent.Inside is { } inside) recent.Told = inside;
        Tell(recent.Told, recent.IsToldInside);
        Arm(recent);
    }

    private void Tell(Subscription subscription, bool isJoin)
    {
        var channel = subscription.Channel;
        if (subscription.Has(SubscriptionTraits.Announced))
        {
            var info = subscription.Info!;
            brokerCalls.Forget(isJoin ? broker.PublishJoinAsync(channel, info) : broker.PublishLeaveAsync(channel, info), channel);
        }

        if (!subscription.Has(SubscriptionTraits.MapPresence)) return;
        if (isJoin) mapPresence.Add(subscription);
        else mapPresence.Remove(subscription);
    }

    /// <summary>A channel that a client has left within the last second.</summary>
    internal sealed class Recent(MembershipNews news, Client client, Subscription told) : ShardTimer
    {
        public Client Client { get; } = client;

        /// <summary>What the members were told of last.</summary>
        public Subscription Told { get; set; } = told;

        /// <summary>Whether the members were told that the client is there.</summary>
        public bool IsToldInside { get; set; }

        /// <summary>The subscription by which the client is there again; null when it is not.</summary>
        public Subscription? Inside { get; set; }

        protected override void OnDue() => news.OnDue(this);
    }
}
