using LoadTool.Measuring;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>Measures fan-out: the first connection sends a batch of messages, and every connection must receive the whole batch before the next one.</summary>
internal static class FanLoad
{
    public static Result Run(Target target, LoadOptions options)
    {
        var connections = Connections.Open(target, options.Connections);
        using var poll = new Poll(connections);
        var frames = ClientFrame.Repeat(ClientFrame.Binary(new byte[options.Payload]), options.Depth);
        var expected = ClientFrame.ServerLength(options.Payload) * options.Depth;
        var waiting = 0;
        long deliveries = 0;

        void StartRound()
        {
            waiting = connections.Count;
            foreach (var connection in connections) connection.Expected = expected;
            connections[0].Send(frames);
        }

        Poll.Received onReceived = (_, connection, bytes) =>
        {
            connection.Expected -= bytes.Length;
            if (connection.Expected < 0) throw new InvalidOperationException("A message was delivered twice.");
            if (connection.Expected > 0) return;
            deliveries += options.Depth;
            if (--waiting == 0) StartRound();
        };
        StartRound();
        var window = new Window(options.Server, options.WarmUp, options.Length, poll);
        while (window.Goes(deliveries)) poll.Turn(0, onReceived);
        return window.Close("fan", deliveries);
    }
}
