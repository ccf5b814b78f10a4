namespace Duplex.Execution;

/// <summary>
/// The owner of a set of connections and of the clients on them: an event loop, or a serial queue on the thread pool. It runs
/// one item of work at a time, in the order of the posts, so what belongs to a shard needs no lock. Items run in turns, and
/// what a connection sends during a turn leaves in one write when the turn ends.
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

    /// <summary>The clock of this shard's timers. Safe from any thread.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Queues an item of work and never runs it inline. Safe from any thread.</summary>
    /// <param name="work">The item.</param>
    public abstract void Post(IShardWork work);

    /// <summary>Queues a call. It allocates one object; an object that is posted often implements <see cref="IShardWork"/> instead. Safe from any thread.</summary>
    /// <typeparam name="TState">The type of the argument.</typeparam>
    /// <param name="action">The call, static for the sake of its cost.</param>
    /// <param name="state">Its argument.</param>
    public void Post<TState>(Action<TState> action, TState state) => Post(new ShardCall<TState>(action, state));

    /// <summary>Queues a call. Safe from any thread.</summary>
    /// <param name="action">The call.</param>
    public void Post(Action action) => Post(static action => action(), action);

    /// <summary>
    /// Arms a timer, or moves it when it is armed. It fires once, inside a turn and never early: at the first tick of 100 ms
    /// at or after the due time. On the shard only.
    /// </summary>
    /// <param name="timer">The timer.</param>
    /// <param name="due">The time from now; zero or less means the next tick.</param>
    public abstract void Schedule(ShardTimer timer, TimeSpan due);

    /// <summary>Disarms a timer; does nothing when it is not armed. On the shard only.</summary>
    /// <param name="timer">The timer.</param>
    public abstract void Cancel(ShardTimer timer);

    /// <summary>The calling thread begins to run this shard's work.</summary>
    private protected void Enter() => _current = this;

    /// <summary>The calling thread has stopped running a shard's work, and is back in the turn of another one or in none.</summary>
    private protected static void Exit(Shard? outer = null) => _current = outer;
}
