using System.Runtime.CompilerServices;

namespace Duplex.Messaging.Sharding;

/// <summary>An await whose continuation runs on a shard. Made by <see cref="ShardTasks"/>.</summary>
public readonly struct ShardAwaitable : ICriticalNotifyCompletion
{
    private readonly ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _awaiter;
    private readonly Shard _shard;

    internal ShardAwaitable(ValueTask task, Shard shard)
    {
        _awaiter = task.ConfigureAwait(false).GetAwaiter();
        _shard = shard;
    }

    /// <summary>Whether there is nothing to wait for.</summary>
    public bool IsCompleted => _awaiter.IsCompleted;

    /// <summary>The awaiter itself.</summary>
    public ShardAwaitable GetAwaiter() => this;

    /// <summary>Ends the await.</summary>
    public void GetResult() => _awaiter.GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) =>
        _awaiter.UnsafeOnCompleted(new ShardContinuation(_shard, continuation).Resume);
}
