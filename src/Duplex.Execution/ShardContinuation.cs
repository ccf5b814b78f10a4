namespace Duplex.Execution;

/// <summary>Posts a continuation to its shard, or runs it at once when the caller already runs there.</summary>
internal sealed class ShardContinuation(Shard shard, Action continuation) : IShardWork
{
    public void Resume()
    {
        if (shard.IsCurrent) continuation();
        else shard.Post(this);
    }

    public void Run() => continuation();
}
