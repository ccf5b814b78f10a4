using System.Diagnostics;
using LoadTool.Measuring;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>Measures echo delays at a fixed rate, with each message on a connection that has none in flight.</summary>
internal static class LatencyLoad
{
    public static Result Run(Target target, LoadOptions options)
    {
        var connections = Connections.Open(target, options.Connections);
        var frame = ClientFrame.Binary(new byte[options.Payload]);
        var expected = ClientFrame.ServerLength(options.Payload);
        var free = new Queue<int>(Enumerable.Range(0, connections.Count));
        var dueAt = new long[connections.Count];
        var delays = new Delays(options.WarmUp);
        long messages = 0;
        Poll.Received onReceived = (index, connection, bytes) =>
        {
            connection.Expected -= bytes.Length;
            if (connection.Expected > 0) return;
            messages++;
            free.Enqueue(index);
            delays.Record(dueAt[index], Stopwatch.GetTimestamp());
        };

        using var poll = new Poll(connections);
        var pace = new Pace(options.Rate);
        var window = new Window(options.Server, options.WarmUp, options.Length, poll);
        while (window.Goes(messages))
        {
            while (free.Count > 0 && pace.TryTake(out var due))
            {
                var index = free.Dequeue();
                dueAt[index] = due;
                connections[index].Expected = expected;
                connections[index].Send(frame);
            }

            poll.Turn(0, onReceived);
        }

        var result = window.Close("latency", messages);
        delays.AddTo(result);
        return result;
    }
}
