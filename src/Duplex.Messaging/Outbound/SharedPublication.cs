using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Outbound;

/// <summary>A publication on its way to the subscribers of this node.</summary>
internal sealed class SharedPublication(HubChannel channel, Publication publication, Publication? previous, string epoch)
    : SharedPush(channel)
{
    public Publication Publication { get; } = publication;

    public Publication? Previous { get; } = previous;

    public string Epoch { get; } = epoch;

    public override void Deliver(ShardChannel place)
    {
        if (Channel.Namespace.Batching is { } policy) place.Gather(this, policy);
        else place.Deliver(this);
    }

    protected override OutboundFrame? Encode(Wire wire, PublicationForm form) =>
        wire.EncodePublication(Channel.Name, Channel.Id, Publication, Previous, form);
}
