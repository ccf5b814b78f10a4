using System.Runtime.CompilerServices;

namespace Duplex.Execution;

/// <summary>Represents an await whose continuation runs on a shard. <see cref="ShardTasks"/> creates it.</summary>
public readonly struct ShardAwaitable : ICriticalNotifyCompletion
{
    private readonly ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _awaiter;
    private readonly Shard _shard;

    internal ShardAwaitable(ValueTask task, Shard shard)
    {
        _awaiter = task.ConfigureAwait(false).GetAwaiter();
        _shard = shard;
    }

    /// <summary>Whether the task is complete.</summary>
    public bool IsCompleted => _awaiter.IsCompleted;

    /// <summary>Returns the awaiter, which is this value.</summary>
    public ShardAwaitable GetAwaiter() => this;

    /// <summary>Returns the outcome of the task, or throws its exception.</summary>
    public void GetResult() => _awaiter.GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) =>
        _awaiter.UnsafeOnCompleted(new ShardContinuation(_shard, continuation).Resume);
}
