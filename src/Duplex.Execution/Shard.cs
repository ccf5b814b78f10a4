namespace Duplex.Execution;

/// <summary>
/// Represents the owner of a set of connections and of the clients on them: an event loop, or a serial queue on the thread
/// pool. A shard runs one item of work at a time, in the order of the posts, so the state that it owns needs no lock. Items
/// run in turns, and the frames that a connection sends during a turn leave in one write when the turn ends.
/// </summary>
public abstract class Shard
{
    [ThreadStatic]
    private static Shard? _current;

    private protected Shard()
    {
    }

    /// <summary>The shard in whose turn the caller runs, or null.</summary>
    public static Shard? Current => _current;

    /// <summary>Whether the caller runs in a turn of this shard. Safe from any thread.</summary>
    public bool IsCurrent => _current == this;

    /// <summary>The number of the current turn, for budgets that begin anew with each. On the shard only.</summary>
    internal long TurnNumber { get; private set; }

    /// <summary>The clock of this shard's timers. Safe from any thread.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Queues an item of work, which never runs inline. Safe from any thread.</summary>
    /// <param name="work">The item.</param>
    public abstract void Post(IShardWork work);

    /// <summary>Queues a call. It allocates one object; an object that is posted often implements <see cref="IShardWork"/> instead. Safe from any thread.</summary>
    /// <typeparam name="TState">The type of the argument.</typeparam>
    /// <param name="action">The call; a static lambda avoids the allocation of a closure.</param>
    /// <param name="state">The argument of the call.</param>
    public void Post<TState>(Action<TState> action, TState state) => Post(new ShardCall<TState>(action, state));

    /// <summary>Queues a call. Safe from any thread.</summary>
    /// <param name="action">The call.</param>
    public void Post(Action action) => Post(static action => action(), action);

    /// <summary>
    /// Arms a timer, or moves an armed one. The timer fires once, inside a turn and never early: at the first tick of 100 ms
    /// at or after the due time. On the shard only.
    /// </summary>
    /// <param name="timer">The timer.</param>
    /// <param name="due">The time from now; zero or less means the next tick.</param>
    public abstract void Schedule(ShardTimer timer, TimeSpan due);

    /// <summary>Disarms a timer; does nothing when it is not armed. On the shard only.</summary>
    /// <param name="timer">The timer.</param>
    public abstract void Cancel(ShardTimer timer);

    /// <summary>Marks that the calling thread begins to run work of this shard.</summary>
    private protected void Enter()
    {
        if (_current != this) BeginTurn();
        _current = this;
    }

    /// <summary>Counts a turn.</summary>
    private protected void BeginTurn() => TurnNumber++;

    /// <summary>
    /// Marks that the calling thread has stopped running work of a shard and is back in the turn of the outer one, or in
    /// none.
    /// </summary>
    private protected static void Exit(Shard? outer = null) => _current = outer;
}
