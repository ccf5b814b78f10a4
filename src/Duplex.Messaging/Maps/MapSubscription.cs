using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Maps;

/// <summary>One client's subscription to a map, from its first page on. Owned by the client's shard.</summary>
internal sealed class MapSubscription(Client client, ShardChannel shardChannel, MapNamespace map) : Subscription(client, shardChannel)
{
    private Deadline? _deadline;

    public MapNamespace Map { get; } = map;

    public SubscriptionSettings Settings { get; set; } = SubscriptionSettings.Default;

    /// <summary>The stream's position at the first page; the changes after it complete the entries. Null before the first page.</summary>
    public StreamPosition? Start { get; set; }

    /// <summary>Whether a step is in progress.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether the subscription ended because the map was cleared.</summary>
    public bool IsCleared { get; set; }

    public bool IsLive => Has(SubscriptionState.Live);

    /// <summary>Arms the timer that calls <paramref name="onDue"/> unless the subscription is live in time.</summary>
    public void StartDeadline(TimeSpan due, Action<MapSubscription> onDue)
    {
        _deadline = new Deadline(this, onDue);
        Client.Shard.Schedule(_deadline, due);
    }

    public void StopDeadline()
    {
        if (_deadline is null) return;
        Client.Shard.Cancel(_deadline);
        _deadline = null;
    }

    private sealed class Deadline(MapSubscription map, Action<MapSubscription> onDue) : ShardTimer
    {
        protected override void OnDue() => onDue(map);
    }
}
