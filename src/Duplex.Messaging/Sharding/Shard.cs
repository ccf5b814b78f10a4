namespace Duplex.Messaging.Sharding;

/// <summary>
/// The owner of a set of clients: everything about a client happens on its shard, one item at a time, so clients
/// and their subscriptions need no locks. The host implements it over an event loop or over the thread pool.
/// </summary>
public abstract class Shard
{
    /// <summary>Whether the caller runs on this shard. Safe from any thread.</summary>
    public abstract bool IsCurrent { get; }

    /// <summary>Queues work; items run in the order posted, never inline. Safe from any thread.</summary>
    public abstract void Post(IShardWork work);

    /// <summary>Makes a timer that calls <paramref name="callback"/> on the shard. It is not armed yet. Shard only.</summary>
    public abstract IShardTimer CreateTimer(Action<object?> callback, object? state);

    /// <summary>Calls <paramref name="callback"/> on the shard once, at or shortly after the due time (ticks of 100 ms). Shard only.</summary>
    /// <returns>The timer, by which the call can be cancelled.</returns>
    public IShardTimer Schedule(TimeSpan due, Action<object?> callback, object? state)
    {
        var timer = CreateTimer(callback, state);
        timer.Schedule(due);
        return timer;
    }
}
