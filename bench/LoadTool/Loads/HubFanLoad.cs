using System.Text;
using LoadTool.Measuring;
using LoadTool.Protocols;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>Fan-out through a hub's own protocol: deliveries are counted by a marker in the payload.</summary>
internal static class HubFanLoad
{
    private static readonly byte[] Marker = Encoding.ASCII.GetBytes(MessageProtocol.Marker);

    public static Result Run(Target target, LoadOptions options, MessageProtocol protocol)
    {
        var connections = Subscribe(target, options.Connections, protocol);
        var payload = MessageProtocol.Marker.PadRight(options.Payload, '.');
        var frames = ClientFrame.Repeat(protocol.Publish(payload), options.Depth);
        var tails = new byte[]?[connections.Count];
        var perRound = (long)connections.Count * options.Depth;
        long deliveries = 0, round = 0;

        using var poll = new Poll(connections);
        connections[0].Send(frames);
        var window = new Window(options.Server, options.WarmUp, options.Length);
        while (window.Goes(deliveries))
        {
            poll.Turn(100, (index, connection, bytes) =>
            {
                var found = Count(ref tails[index], bytes);
                deliveries += found;
                round += found;
                if (round < perRound) return;
                round -= perRound;
                connections[0].Send(frames);
            });
        }

        return window.Close("hub-fan", deliveries);
    }

    /// <summary>Opens connections that are subscribed and have read their opening answers.</summary>
    public static List<LoadConnection> Subscribe(Target target, int count, MessageProtocol protocol)
    {
        var connections = Connections.Open(target, count);
        for (var i = 0; i < connections.Count; i++)
        {
            foreach (var frame in protocol.Opening)
            {
                var answer = connections[i].Exchange(frame);
                if (i == 0) Console.Error.WriteLine($"opening answer: {answer}");
            }
        }

        return connections;
    }

    /// <summary>Counts markers, also one that is cut by the border of two reads: the last bytes are kept for the next call.</summary>
    private static int Count(ref byte[]? tail, ReadOnlySpan<byte> bytes)
    {
        var found = 0;
        if (tail is { Length: > 0 })
        {
            Span<byte> border = stackalloc byte[2 * Marker.Length];
            var head = Math.Min(bytes.Length, Marker.Length - 1);
            tail.CopyTo(border);
            bytes[..head].CopyTo(border[tail.Length..]);
            if (border[..(tail.Length + head)].IndexOf(Marker) >= 0) found++;
        }

        found += bytes.Count(Marker);
        // Only an unfinished marker needs keeping, and it starts with the marker's first byte.
        var last = bytes[^Math.Min(bytes.Length, Marker.Length - 1)..];
        var start = last.IndexOf(Marker[0]);
        tail = start < 0 || last.EndsWith(Marker.AsSpan(1)) ? null : last[start..].ToArray();
        return found;
    }
}
