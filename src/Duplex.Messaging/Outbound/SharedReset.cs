using Duplex.Execution;
using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Outbound;

/// <summary>The clearing of a map: each of its subscribers on this node loads the map again.</summary>
internal sealed class SharedReset(HubChannel channel) : SharedPush(channel)
{
    protected override void Deliver(ShardChannel shardChannel) => shardChannel.Reset();

    protected override SharedFrame? Encode(Wire wire, PublicationForm form) => null;
}
