using System.Diagnostics;
using System.Globalization;
using LoadTool.Measuring;
using LoadTool.Protocols;
using LoadTool.Sockets;
using Starting;

namespace LoadTool.Loads;

/// <summary>
/// Publications at a fixed rate through a hub, and how late they are at each subscriber, counted from the time at
/// which they should have been published. Some of the subscribers may be slow: their own delays do not count, what
/// they do to the others does.
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
        var delays = new Delays(options.WarmUp);
        long now = 0, deliveries = 0;
        PayloadScanner.Found onFound = stamp => delays.Record(long.Parse(stamp, NumberStyles.HexNumber, CultureInfo.InvariantCulture), now);
        Poll.Received onReceived = (index, _, bytes) =>
        {
            now = Stopwatch.GetTimestamp();
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
