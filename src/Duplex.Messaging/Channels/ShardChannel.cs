using Duplex.Execution;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Channels;

/// <summary>A channel's subscribers on one shard. Owned by the shard, except for <see cref="Attached"/>.</summary>
internal sealed class ShardChannel(HubChannel channel, Shard shard) : IBatchTarget
{
    private DeliveryGroup? _groups;
    private PublicationBatch? _batch;

    public HubChannel Channel { get; } = channel;

    public Shard Shard { get; } = shard;

    /// <summary>The number of subscriptions registered here; changed under the channel's lock.</summary>
    public int Attached { get; set; }

    public void Add(Subscription subscription)
    {
        // The batch was published before this subscriber joined.
        _batch?.Flush();
        var wire = subscription.Client.Wire;
        var group = _groups;
        while (group is not null && !ReferenceEquals(group.Wire, wire)) group = group.Next;
        group ??= _groups = new DeliveryGroup(wire, _groups);
        group.Add(subscription);
    }

    /// <summary>Calls <paramref name="visit"/> for every subscription of this shard.</summary>
    /// <returns>The number of visited subscriptions.</returns>
    public int Visit<TState>(TState state, Action<Subscription, TState> visit)
    {
        var count = 0;
        for (var group = _groups; group is not null; group = group.Next) count += group.Visit(state, visit);
        return count;
    }

    /// <summary>Adds a publication to the batch.</summary>
    public void Gather(SharedPublication push, BatchPolicy policy) => (_batch ??= new PublicationBatch(this, policy)).Add(push, push.Publication.Offset);

    /// <summary>Delivers a publication of the batch to the subscribers.</summary>
    public void Deliver(SharedPublication push, ulong first, int skipped) => push.Deliver(this, first, skipped);

    /// <summary>Delivers the batch, before a subscriber receives anything that follows it.</summary>
    public void Flush() => _batch?.Flush();

    /// <summary>Makes every subscriber start over.</summary>
    public void Reset()
    {
        _batch?.Flush();
        Visit(0, static (subscription, _) => SubscriptionDelivery.Reset(subscription));
    }
}
