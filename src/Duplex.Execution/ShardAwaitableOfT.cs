using System.Runtime.CompilerServices;

namespace Duplex.Execution;

/// <summary>Represents an await with a result whose continuation runs on a shard. <see cref="ShardTasks"/> creates it.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public readonly struct ShardAwaitable<T> : ICriticalNotifyCompletion
{
    private readonly ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter _awaiter;
    private readonly Shard _shard;

    internal ShardAwaitable(ValueTask<T> task, Shard shard)
    {
        _awaiter = task.ConfigureAwait(false).GetAwaiter();
        _shard = shard;
    }

    /// <summary>Whether the task is complete.</summary>
    public bool IsCompleted => _awaiter.IsCompleted;

    /// <summary>Returns the awaiter, which is this value.</summary>
    public ShardAwaitable<T> GetAwaiter() => this;

    /// <summary>Returns the outcome of the task, or throws its exception.</summary>
    public T GetResult() => _awaiter.GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) =>
        _awaiter.UnsafeOnCompleted(new ShardContinuation(_shard, continuation).Resume);
}
