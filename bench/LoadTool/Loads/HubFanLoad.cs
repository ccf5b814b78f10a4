using LoadTool.Measuring;
using LoadTool.Protocols;
using LoadTool.Sockets;
using Starting;

namespace LoadTool.Loads;

/// <summary>
/// Measures fan-out through a hub's own protocol, in rounds: the next round starts when all subscribers have received all publications.
/// </summary>
internal static class HubFanLoad
{
    /// <summary>Measures publications of the first subscriber to the one channel of all subscribers.</summary>
    public static Result Run(Target target, LoadOptions options, MessageProtocol protocol)
    {
        var connections = Subscribers.Open(target, options.Connections, protocol);
        var frames = ClientFrame.Repeat(protocol.Publish(Payload(options)), options.Depth);
        return Run("hub-fan", connections, frames, (long)connections.Count * options.Depth, options);
    }

    /// <summary>Measures publications of HubServer itself to channels that share the subscribers evenly.</summary>
    public static Result RunChannels(Target target, LoadOptions options)
    {
        const string prefix = "many:";
        if (options.Connections % options.Channels != 0) throw new UsageException("--connections must be a multiple of --channels.");
        var connections = Subscribers.Open(target, options.Connections, MessageProtocol.Centrifuge, i => prefix + i % options.Channels);
        var frame = MessageProtocol.PublishMany(prefix, options.Channels, options.Channels * options.Depth, Payload(options));
        return Run("channels", connections, frame, (long)connections.Count * options.Depth, options);
    }

    /// <summary>
    /// Measures publications of HubServer itself to one conflating channel of all subscribers, with as many keys as are in
    /// flight: none can take another's place, so all arrive, while the hub measures what is in transit.
    /// </summary>
    public static Result RunConflated(Target target, LoadOptions options)
    {
        const string prefix = "latest:";
        var connections = Subscribers.Open(target, options.Connections, MessageProtocol.Centrifuge, _ => prefix + "0");
        var frame = MessageProtocol.PublishMany(prefix, channels: 1, options.Depth, Payload(options), keys: options.Depth);
        return Run("conflated", connections, frame, (long)connections.Count * options.Depth, options);
    }

    private static string Payload(LoadOptions options) => MessageProtocol.Marker.PadRight(options.Payload, '.');

    private static Result Run(string name, List<LoadConnection> connections, byte[] publish, long perRound, LoadOptions options)
    {
        var scanners = connections.ConvertAll(_ => new PayloadScanner());
        var pings = new PingReplies(connections.Count);
        long deliveries = 0, round = 0;
        void OnReceived(int index, LoadConnection connection, ReadOnlySpan<byte> bytes)
        {
            pings.Read(index, connection, bytes);
            var found = scanners[index].Scan(bytes);
            deliveries += found;
            round += found;
            if (round < perRound) return;
            round -= perRound;
            connections[0].Send(publish);
        }

        using var poll = new Poll(connections);
        Poll.Received onReceived = OnReceived;
        connections[0].Send(publish);
        var window = new Window(options.Server, options.WarmUp, options.Length, poll);
        while (window.Goes(deliveries)) poll.Turn(0, onReceived);
        return window.Close(name, deliveries);
    }
}
