using System.Diagnostics;
using System.Globalization;
using LoadTool.Measuring;
using LoadTool.Protocols;
using LoadTool.Sockets;
using Starting;

namespace LoadTool.Loads;

/// <summary>
/// Measures the delays of publications at a fixed rate through a hub at each subscriber, from the time at which they
/// should have been published. Some subscribers may be slow: the result excludes their own delays and includes their
/// effect on the others.
/// </summary>
internal static class HubLatencyLoad
{
    // The due time as 16 hexadecimal digits.
    private const int StampLength = 16;

    public static Result Run(Target target, LoadOptions options, MessageProtocol protocol)
    {
        if (options.Slow >= options.Connections) throw new UsageException("--slow must be less than --connections.");
        using var slow = new SlowSubscribers(target, options.Slow, protocol);
        var connections = Subscribers.Open(target, options.Connections - options.Slow, protocol);
        var scanners = connections.ConvertAll(_ => new PayloadScanner(StampLength));
        var pings = new PingReplies(connections.Count);
        var delays = new Delays(options.WarmUp);
        long now = 0, deliveries = 0;
        PayloadScanner.Found onFound = stamp => delays.Record(long.Parse(stamp, NumberStyles.HexNumber, CultureInfo.InvariantCulture), now);
        Poll.Received onReceived = (index, connection, bytes) =>
        {
            now = Stopwatch.GetTimestamp();
            pings.Read(index, connection, bytes);
            deliveries += scanners[index].Scan(bytes, onFound);
        };

        using var poll = new Poll(connections);
        var pace = new Pace(options.Rate);
        var window = new Window(options.Server, options.WarmUp, options.Length, poll);
        while (window.Goes(deliveries))
        {
            while (!connections[0].HasUnsent && pace.TryTake(out var due)) connections[0].Send(protocol.Publish(Payload(due, options.Payload)));
            poll.Turn(0, onReceived);
        }

        var result = window.Close("hub-latency", deliveries);
        delays.AddTo(result);
        result["slow_ended"] = slow.Ended;
        return result;
    }

    private static string Payload(long due, int length) =>
        (MessageProtocol.Marker + due.ToString("x16", CultureInfo.InvariantCulture)).PadRight(length, '.');
}
