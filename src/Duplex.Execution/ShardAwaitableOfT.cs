using System.Runtime.CompilerServices;

namespace Duplex.Execution;

/// <summary>An await with a result whose continuation runs on a shard. Created by <see cref="ShardTasks"/>.</summary>
/// <typeparam name="T">The result's type.</typeparam>
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

    /// <summary>Returns the awaiter: this value itself.</summary>
    public ShardAwaitable<T> GetAwaiter() => this;

    /// <summary>Returns the outcome of the task, or throws its exception.</summary>
    public T GetResult() => _awaiter.GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) =>
        _awaiter.UnsafeOnCompleted(new ShardContinuation(_shard, continuation).Resume);
}
