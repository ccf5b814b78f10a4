namespace Duplex.WebSockets.Diagnostics;

/// <summary>
/// Bounds how often one kind of event is logged, so that what a peer can cause at will does not fill a disk: the first
/// in each period is let through, and learns how many were held back before it. One instance for each kind. Safe from any thread.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="period">The time that one logged event stands for; a minute when null.</param>
internal sealed class LogLimiter(TimeProvider time, TimeSpan? period = null)
{
    private readonly long _period = (long)((period ?? TimeSpan.FromMinutes(1)).TotalSeconds * time.TimestampFrequency);
    private long _nextAt = long.MinValue;
    private long _heldBack;

    /// <summary>Whether the event should be logged at its full level; otherwise it is counted.</summary>
    /// <param name="heldBack">When true is returned: events that were counted since the last one that was let through.</param>
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
