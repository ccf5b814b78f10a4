namespace Duplex.Execution;

/// <summary>Takes a continuation to its shard; runs it at once when it is there already.</summary>
internal sealed class ShardContinuation(Shard shard, Action continuation) : IShardWork
{
    public void Resume()
    {
        if (shard.IsCurrent) continuation();
        else shard.Post(this);
    }

    public void Run() => continuation();
}
