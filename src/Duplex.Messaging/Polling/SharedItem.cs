using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Polling;

/// <summary>A changed item that is delivered to the subscribers of this node that track it.</summary>
internal sealed class SharedItem(HubChannel channel, Publication publication, Publication? before) : SharedPush(channel)
{
    public Publication Publication { get; } = publication;

    /// <summary>The previous value of the key; null when there was none.</summary>
    public Publication? Before { get; } = before;

    protected override void Deliver(ShardChannel shardChannel) =>
        shardChannel.Visit(this, static (subscription, push) => ItemDelivery.Deliver(subscription, push));

    protected override SharedFrame? Encode(Wire wire, PublicationForm form) =>
        wire.EncodePublication(Channel.Name, Channel.Id, Publication, Before, form);
}
