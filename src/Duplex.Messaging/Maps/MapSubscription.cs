using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Sharding;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Maps;

/// <summary>One client in one map, from its first page on. Owned by the client's shard.</summary>
internal sealed class MapSubscription(Client client, ShardChannel place, MapNamespace map) : Subscription(client, place)
{
    public MapNamespace Map { get; } = map;

    public SubscriptionTerms Terms { get; set; } = SubscriptionTerms.Default;

    /// <summary>The stream's position at the first page; the changes after it complete the entries. Null before that page.</summary>
    public StreamPosition? Start { get; set; }

    /// <summary>Whether a step is being worked on.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether it ended because the map was cleared under it.</summary>
    public bool IsCleared { get; set; }

    /// <summary>Ends the client when it does not get live in time.</summary>
    public IShardTimer? Deadline { get; set; }

    public bool IsLive => Has(SubscriptionTraits.Live);

    public void StopDeadline()
    {
        Deadline?.Cancel();
        Deadline = null;
    }
}
