using Duplex.Execution;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Channels;

/// <summary>A channel's subscribers on one shard. Owned by the shard, but for <see cref="Attached"/>.</summary>
internal sealed class ShardChannel(HubChannel channel, Shard shard)
{
    private DeliveryGroup? _groups;
    private PublicationBatch? _batch;

    public HubChannel Channel { get; } = channel;

    public Shard Shard { get; } = shard;

    /// <summary>Subscriptions registered here; changed under the channel's lock.</summary>
    public int Attached { get; set; }

    public void Add(Subscription subscription)
    {
        // What waits was published before this subscriber came.
        _batch?.Flush();
        var wire = subscription.Client.Wire;
        var group = _groups;
        while (group is not null && !ReferenceEquals(group.Wire, wire)) group = group.Next;
        group ??= _groups = new DeliveryGroup(wire, _groups);
        group.Add(subscription);
    }

    public void Deliver(SharedPublication push)
    {
        var count = 0;
        for (var group = _groups; group is not null; group = group.Next)
        {
            count += group.Visit(push, static (subscription, push) => SubscriptionDelivery.Deliver(subscription, push));
        }

        Channel.Metrics.Delivered(count);
    }

    /// <summary>Delivers a publication that stands for the offsets from the first one on.</summary>
    public void Deliver(SharedPublication push, ulong first)
    {
        var count = 0;
        for (var group = _groups; group is not null; group = group.Next)
        {
            count += group.Visit((push, first), static (subscription, state) => SubscriptionDelivery.Deliver(subscription, state.push, state.first));
        }

        Channel.Metrics.Delivered(count);
    }

    /// <summary>Lets a publication wait for others, as the namespace says.</summary>
    public void Gather(SharedPublication push, BatchPolicy policy) => (_batch ??= new PublicationBatch(this, policy)).Add(push);

    /// <summary>Delivers what waits for others, because a subscriber is to get it before it is told something else.</summary>
    public void Flush() => _batch?.Flush();

    /// <summary>Lets every subscriber start over.</summary>
    public void Reset()
    {
        _batch?.Flush();
        for (var group = _groups; group is not null; group = group.Next)
        {
            group.Visit(0, static (subscription, _) => SubscriptionDelivery.Reset(subscription));
        }
    }

    public void Deliver(SharedItem push)
    {
        for (var group = _groups; group is not null; group = group.Next)
        {
            group.Visit(push, static (subscription, push) => ItemDelivery.Deliver(subscription, push));
        }
    }

    public void Deliver(SharedMembership push)
    {
        for (var group = _groups; group is not null; group = group.Next)
        {
            group.Visit(push, static (subscription, push) => SubscriptionDelivery.Deliver(subscription, push));
        }
    }
}
