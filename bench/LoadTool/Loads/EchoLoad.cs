using LoadTool.Measuring;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>Measures echoes: every connection keeps a number of messages in flight and sends the next batch when all have returned.</summary>
internal static class EchoLoad
{
    public static Result Run(Target target, LoadOptions options)
    {
        var connections = Connections.Open(target, options.Connections);
        var payload = new byte[options.Payload];
        Array.Fill(payload, (byte)'A');
        return Run("echo", connections, ClientFrame.Binary(payload), ClientFrame.ServerLength(options.Payload), options);
    }

    /// <summary>Measures compressed echoes, which the server inflates and compresses again: much work for the server and little for the generator.</summary>
    public static Result RunCompressed(Target target, LoadOptions options)
    {
        var connections = Connections.Open(target, options.Connections);
        var frame = CompressedText.Frame(options.Payload);
        // Without context takeover all replies are equal.
        return Run("deflate", connections, frame, connections[0].MeasureAnswer(frame), options);
    }

    private static Result Run(string name, List<LoadConnection> connections, byte[] frame, long answerLength, LoadOptions options)
    {
        var frames = ClientFrame.Repeat(frame, options.Depth);
        var expected = answerLength * options.Depth;
        using var poll = new Poll(connections);
        foreach (var connection in connections)
        {
            connection.Expected = expected;
            connection.Send(frames);
        }

        long messages = 0;
        Poll.Received onReceived = (_, connection, bytes) =>
        {
            connection.Expected -= bytes.Length;
            if (connection.Expected < 0) throw new InvalidOperationException("The server returned more bytes than were sent.");
            if (connection.Expected > 0) return;
            messages += options.Depth;
            connection.Expected = expected;
            connection.Send(frames);
        };
        var window = new Window(options.Server, options.WarmUp, options.Length, poll);
        while (window.Goes(messages)) poll.Turn(100, onReceived);
        return window.Close(name, messages);
    }
}
