using System.Text.Json;

namespace Showcase.Lab.Report;

/// <summary>The events that have arrived by one way. Safe from any thread.</summary>
internal sealed class Arrivals(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<long> _numbers = [];
    private readonly List<double> _delays = [];
    private long _doubled, _bytes;

    /// <summary>Adds an event and returns its number.</summary>
    public long Add(JsonElement written)
    {
        var number = written.GetProperty("n").GetInt64();
        var delay = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(written.GetProperty("at").GetInt64());
        lock (_lock)
        {
            if (!_numbers.Add(number)) _doubled++;
            else
            {
                _delays.Add(Math.Max(0, delay.TotalMilliseconds));
                _bytes += written.GetRawText().Length;
            }
        }

        return number;
    }

    /// <summary>Combines the arrivals with the counts of the line and of the server, which counts no bodies of the hub.</summary>
    public Figures With(Lines.LineCounts line, LabCounts? server)
    {
        lock (_lock)
        {
            var sorted = _delays.Order().ToArray();
            var latest = _numbers.Count == 0 ? 0 : _numbers.Max();
            var bodies = (Up: server?.BodyUp ?? 0, Down: server?.BodyDown ?? _bytes);
            return new Figures
            {
                Events = _numbers.Count,
                Latest = latest,
                Connections = line.Opened,
                Requests = server?.Requests ?? line.Opened,
                Empty = server?.Empty ?? 0,

                // The counts are not of the same moment: a body may be counted before the line has delivered it.
                HeadsUp = Math.Max(0, line.Up.Delivered - bodies.Up),
                BodiesUp = bodies.Up,
                HeadsDown = Math.Max(0, line.Down.Delivered - bodies.Down),
                BodiesDown = bodies.Down,
                P50 = DelayOf(sorted, 0.5),
                P95 = DelayOf(sorted, 0.95),
                Missed = _numbers.Count == 0 ? 0 : latest - _numbers.Min() + 1 - _numbers.Count,
                Doubled = _doubled,
            };
        }
    }

    private static double? DelayOf(double[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
