namespace Duplex.Messaging.Sharding;

/// <summary>Awaits that come back to a shard.</summary>
public static class ShardTasks
{
    /// <summary>Awaits on a shard: the code behind the await runs on it again, at once when the task is done already.</summary>
    public static ShardAwaitable OnShard(this ValueTask task, Shard shard) => new(task, shard);

    /// <summary>Awaits on a shard: the code behind the await runs on it again, at once when the task is done already.</summary>
    public static ShardAwaitable<T> OnShard<T>(this ValueTask<T> task, Shard shard) => new(task, shard);
}
