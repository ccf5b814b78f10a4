namespace Duplex.Execution;

/// <summary>Provides awaits that resume on a shard.</summary>
public static class ShardTasks
{
    /// <summary>Configures an await so that the method resumes on the shard, at once when the task is already complete.</summary>
    /// <param name="task">The task.</param>
    /// <param name="shard">The shard that the method runs on.</param>
    public static ShardAwaitable OnShard(this ValueTask task, Shard shard) => new(task, shard);

    /// <summary>Configures an await so that the method resumes on the shard, at once when the task is already complete.</summary>
    /// <param name="task">The task.</param>
    /// <param name="shard">The shard that the method runs on.</param>
    public static ShardAwaitable<T> OnShard<T>(this ValueTask<T> task, Shard shard) => new(task, shard);
}
