namespace Duplex.WebSockets.Connections;

/// <summary>
/// The one place where everything about a connection happens: an event loop, or a serial queue on the thread pool.
/// Work runs one item at a time in the order it was posted, in turns; what a connection was given to send during
/// a turn leaves when the turn ends, in one write.
/// </summary>
public abstract class ConnectionOwner
{
    /// <summary>The clock of this owner's timers and measurements. Safe from any thread.</summary>
    public virtual TimeProvider Time => TimeProvider.System;

    /// <summary>Whether the caller runs inside a turn of this owner. Safe from any thread.</summary>
    public abstract bool IsCurrent { get; }

    /// <summary>Queues work for this owner. Safe from any thread; never runs the work inline.</summary>
    public abstract void Post(IOwnerWork work);

    /// <summary>
    /// Arms a timer, or moves it if it is armed. Owner only. It fires once, inside a turn, at or shortly after
    /// the due time: the wheel's tick is 100 ms or finer, which suits time-outs and pings, not animation.
    /// </summary>
    public abstract void Schedule(OwnerTimer timer, TimeSpan due);

    /// <summary>Disarms a timer; does nothing when it is not armed. Owner only.</summary>
    public abstract void Cancel(OwnerTimer timer);
}
