using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Outbound;

/// <summary>A map was cleared: each of its subscribers on this node starts over.</summary>
internal sealed class SharedReset(HubChannel channel) : SharedPush(channel)
{
    public override void Deliver(ShardChannel place) => place.Reset();

    protected override OutboundFrame? Encode(Wire wire, PublicationForm form) => null;
}
