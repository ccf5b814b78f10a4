using System.Diagnostics;

namespace LoadTool.Measuring;

/// <summary>
/// When messages should leave, at a fixed rate. A message that has to wait keeps its time, so that its delay counts
/// from there: a server that stalls is charged with every message it held up (no coordinated omission).
/// </summary>
internal sealed class Pace(int perSecond)
{
    private readonly double _interval = Stopwatch.Frequency / (double)perSecond;
    private double _next = Stopwatch.GetTimestamp();

    /// <summary>Takes the next message that is due.</summary>
    public bool TryTake(out long due)
    {
        due = (long)_next;
        if (Stopwatch.GetTimestamp() < due) return false;
        _next += _interval;
        return true;
    }
}
