using System.Runtime.CompilerServices;

namespace Duplex.Messaging.Sharding;

/// <summary>An await with a result whose continuation runs on a shard. Made by <see cref="ShardTasks"/>.</summary>
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

    /// <summary>Whether the result is there.</summary>
    public bool IsCompleted => _awaiter.IsCompleted;

    /// <summary>The awaiter itself.</summary>
    public ShardAwaitable<T> GetAwaiter() => this;

    /// <summary>Ends the await.</summary>
    public T GetResult() => _awaiter.GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) =>
        _awaiter.UnsafeOnCompleted(new ShardContinuation(_shard, continuation).Resume);
}
