namespace Duplex.WebSockets.Diagnostics;

/// <summary>
/// Limits how often one kind of event is logged, so that events that a peer can cause at will do not fill a disk: the first
/// event in each period is logged with the number of events suppressed before it. One instance for each kind. Safe from any
/// thread.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="period">The period in which one event is logged; a minute when null.</param>
internal sealed class LogLimiter(TimeProvider time, TimeSpan? period = null)
{
    private readonly long _period = (long)((period ?? TimeSpan.FromMinutes(1)).TotalSeconds * time.TimestampFrequency);
    private long _nextAt = long.MinValue;
    private long _heldBack;

    /// <summary>Returns whether the event should be logged at its full level; otherwise it is counted.</summary>
    /// <param name="heldBack">The number of events that were counted since the last logged one, when true is returned.</param>
    public bool TryTake(out long heldBack)
    {
        var nextAt = Volatile.Read(ref _nextAt);
        var now = time.GetTimestamp();
        if (now < nextAt || Interlocked.CompareExchange(ref _nextAt, now + _period, nextAt) != nextAt)
        {
            Interlocked.Increment(ref _heldBack);
            heldBack = 0;
            return false;
        }

        heldBack = Interlocked.Exchange(ref _heldBack, 0);
        return true;
    }
}
