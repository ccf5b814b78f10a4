using System.Diagnostics;
using System.Globalization;
using HdrHistogram;

namespace LoadTool.Measuring;

/// <summary>Histogram of the delays of messages that were due after the warm-up, in microseconds, up to one minute, with three digits.</summary>
internal sealed class Delays(TimeSpan warmUp)
{
    private const long Longest = 60_000_000;
    private static readonly double TicksPerMicrosecond = Stopwatch.Frequency / 1e6;

    private readonly LongHistogram _histogram = new(Longest, 3);
    private readonly long _warm = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);

    /// <param name="due">Time at which the message should have been sent, in stopwatch ticks.</param>
    /// <param name="arrived">Time at which the message arrived, in stopwatch ticks.</param>
    public void Record(long due, long arrived)
    {
        if (due >= _warm) _histogram.RecordValue(Math.Clamp((long)((arrived - due) / TicksPerMicrosecond), 1, Longest));
    }

    public void AddTo(Result result)
    {
        foreach (var percentile in (double[])[50, 90, 99, 99.9])
            result[$"p{percentile.ToString(CultureInfo.InvariantCulture)}_us"] = _histogram.TotalCount == 0 ? 0 : _histogram.GetValueAtPercentile(percentile);
        result["max_us"] = _histogram.GetMaxValue();
    }
}
