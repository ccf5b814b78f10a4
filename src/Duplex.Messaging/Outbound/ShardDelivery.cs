using Duplex.Execution;
using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Outbound;

/// <summary>One push for all subscribers of one shard. Holds a reference to the push, which it gives back.</summary>
internal sealed class ShardDelivery(ShardChannel place, SharedPush push) : IShardWork
{
    public void Run()
    {
        try
        {
            push.Deliver(place);
        }
        finally
        {
            push.Release();
        }
    }
}
