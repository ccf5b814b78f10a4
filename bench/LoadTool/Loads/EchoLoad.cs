using LoadTool.Measuring;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>Every connection keeps a number of messages in flight and sends the next lot when all have come back.</summary>
internal static class EchoLoad
{
    public static Result Run(Target target, LoadOptions options)
    {
        var connections = Connections.Open(target, options.Connections);
        using var poll = new Poll(connections);
        var payload = new byte[options.Payload];
        Array.Fill(payload, (byte)'A');
        var frames = ClientFrame.Repeat(ClientFrame.Binary(payload), options.Depth);
        var expected = ClientFrame.ServerLength(options.Payload) * options.Depth;

        foreach (var connection in connections)
        {
            connection.Expected = expected;
            connection.Send(frames);
        }

        long messages = 0;
        Poll.Received onReceived = (_, connection, bytes) =>
        {
            connection.Expected -= bytes.Length;
            if (connection.Expected < 0) throw new InvalidOperationException("The server sent more than was echoed.");
            if (connection.Expected > 0) return;
            messages += options.Depth;
            connection.Expected = expected;
            connection.Send(frames);
        };
        var window = new Window(options.Server, options.WarmUp, options.Length);
        while (window.Goes(messages)) poll.Turn(100, onReceived);
        return window.Close("echo", messages);
    }
}
