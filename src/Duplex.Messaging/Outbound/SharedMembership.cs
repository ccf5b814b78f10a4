using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Outbound;

/// <summary>A join or leave on its way to the subscribers of this node.</summary>
internal sealed class SharedMembership(HubChannel channel, ClientInfo info, bool isJoin) : SharedPush(channel)
{
    public override void Deliver(ShardChannel place) => place.Deliver(this);

    protected override OutboundFrame? Encode(Wire wire, PublicationForm form) =>
        isJoin ? wire.EncodeJoin(Channel.Name, Channel.Id, info, form) : wire.EncodeLeave(Channel.Name, Channel.Id, info, form);
}
