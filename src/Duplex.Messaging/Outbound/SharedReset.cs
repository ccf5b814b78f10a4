using Duplex.Execution;
using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Outbound;

/// <summary>A map was cleared: each of its subscribers on this node starts over.</summary>
internal sealed class SharedReset(HubChannel channel) : SharedPush(channel)
{
    protected override void Deliver(ShardChannel place) => place.Reset();

    protected override SharedFrame? Encode(Wire wire, PublicationForm form) => null;
}
