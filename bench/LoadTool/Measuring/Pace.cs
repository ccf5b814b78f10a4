using System.Diagnostics;

namespace LoadTool.Measuring;

/// <summary>
/// Schedules messages at a fixed rate. A message that has to wait keeps its due time, from which its delay is measured:
/// the figures of a server that stalls include every delayed message (no coordinated omission).
/// </summary>
internal sealed class Pace(int perSecond)
{
    private readonly double _interval = Stopwatch.Frequency / (double)perSecond;
    private double _next = Stopwatch.GetTimestamp();

    /// <summary>Removes the next message that is due.</summary>
    public bool TryTake(out long due)
    {
        due = (long)_next;
        if (Stopwatch.GetTimestamp() < due) return false;
        _next += _interval;
        return true;
    }
}
