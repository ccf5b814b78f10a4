using System.Diagnostics;
using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Outbound;

/// <summary>A publication that is delivered to the subscribers of this node.</summary>
/// <param name="channel">The channel.</param>
/// <param name="publication">The publication.</param>
/// <param name="previous">The previous publication, the base of a patch; null when there is none.</param>
/// <param name="epoch">The epoch of its offset.</param>
/// <param name="publisher">The activity that published it, to which deliveries are linked; null when there is none.</param>
internal sealed class SharedPublication(HubChannel channel, Publication publication, Publication? previous, string epoch, Activity? publisher = null)
    : SharedPush(channel)
{
    public Publication Publication { get; } = publication;

    public Publication? Previous { get; } = previous;

    public string Epoch { get; } = epoch;

    protected override void Deliver(ShardChannel shardChannel)
    {
        using var activity = publisher is null ? null : HubActivities.StartDelivery(Channel.Name, publisher.Context);
        if (Channel.Namespace.Batching is { } policy) shardChannel.Gather(this, policy);
        else Deliver(shardChannel, Publication.Offset, 0);
    }

    /// <summary>Delivers the publication, which covers the offsets from the first one to its own and supersedes publications. Called on that shard.</summary>
    public void Deliver(ShardChannel shardChannel, ulong first, int skipped) => Channel.Metrics.Delivered(shardChannel.Visit(
        (Push: this, First: first, Skipped: skipped),
        static (subscription, delivery) => SubscriptionDelivery.Deliver(subscription, delivery.Push, delivery.First, delivery.Skipped)));

    protected override SharedFrame? Encode(Wire wire, PublicationForm form) =>
        wire.EncodePublication(Channel.Name, Channel.Id, Publication, Previous, form);
}
