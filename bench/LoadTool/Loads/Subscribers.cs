using LoadTool.Protocols;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>Opens connections that have subscribed and read the replies of the opening exchange.</summary>
internal static class Subscribers
{
    /// <summary>Subscribes all connections to the channel of the fan-out.</summary>
    public static List<LoadConnection> Open(Target target, int count, MessageProtocol protocol)
    {
        var opening = protocol.Opening().ToList();
        return Open(target, count, _ => opening);
    }

    /// <summary>Subscribes each connection to the channel that its number selects.</summary>
    public static List<LoadConnection> Open(Target target, int count, MessageProtocol protocol, Func<int, string> channel) =>
        Open(target, count, i => protocol.Opening(channel(i)));

    public static void Say(LoadConnection connection, IEnumerable<byte[]> opening)
    {
        foreach (var frame in opening)
        {
            var answer = connection.Exchange(frame);
            if (answer.Contains("\"error\"", StringComparison.Ordinal)) throw new InvalidOperationException($"The hub refused: {answer}");
        }
    }

    private static List<LoadConnection> Open(Target target, int count, Func<int, IEnumerable<byte[]>> opening)
    {
        var connections = Connections.Open(target, count);
        for (var i = 0; i < connections.Count; i++) Say(connections[i], opening(i));
        return connections;
    }
}
