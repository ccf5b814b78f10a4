using System.Diagnostics;
using HdrHistogram;
using LoadTool.Measuring;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>
/// Echo at a fixed rate. Each message has a time at which it should leave, and its latency counts from then: when
/// the server stalls, the messages that had to wait their turn count as late too (no coordinated omission).
/// </summary>
internal static class LatencyLoad
{
    private static readonly double TicksPerMicrosecond = Stopwatch.Frequency / 1e6;

    public static Result Run(Target target, LoadOptions options)
    {
        var connections = Connections.Open(target, options.Connections);
        using var poll = new Poll(connections);
        var frame = ClientFrame.Binary(new byte[options.Payload]);
        var expected = ClientFrame.ServerLength(options.Payload);
        var due = new Queue<long>();
        var free = new Queue<int>(Enumerable.Range(0, connections.Count));
        var sentFor = new long[connections.Count];
        var histogram = new LongHistogram(60_000_000, 3);
        var interval = Stopwatch.Frequency / (double)options.Rate;
        double next = Stopwatch.GetTimestamp();
        long messages = 0;

        var window = new Window(options.Server, options.WarmUp, options.Length);
        var warm = Stopwatch.GetTimestamp() + (long)(options.WarmUp.TotalSeconds * Stopwatch.Frequency);
        while (window.Goes(messages))
        {
            var now = Stopwatch.GetTimestamp();
            for (; next <= now; next += interval) due.Enqueue((long)next);
            while (due.Count > 0 && free.Count > 0)
            {
                var index = free.Dequeue();
                sentFor[index] = due.Dequeue();
                connections[index].Expected = expected;
                connections[index].Send(frame);
            }

            poll.Turn(0, (index, connection, bytes) =>
            {
                connection.Expected -= bytes.Length;
                if (connection.Expected > 0) return;
                messages++;
                free.Enqueue(index);
                if (sentFor[index] < warm) return;
                histogram.RecordValue((long)Math.Max(1, (Stopwatch.GetTimestamp() - sentFor[index]) / TicksPerMicrosecond));
            });
        }

        var result = window.Close("latency", messages);
        foreach (var percentile in (double[])[50, 90, 99, 99.9])
            result[$"p{percentile.ToString(System.Globalization.CultureInfo.InvariantCulture)}_us"] = histogram.GetValueAtPercentile(percentile);
        result["max_us"] = histogram.GetMaxValue();
        return result;
    }
}
