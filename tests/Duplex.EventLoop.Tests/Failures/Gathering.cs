using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Tests.Failures;

/// <summary>Answers each message by several that are gathered into one send: shared ones, each in memory of its own.</summary>
internal sealed class Gathering : IWebSocketHandler
{
    public const int Pieces = 5;

    public static int LengthOf(int piece) => 2000 + (piece * 100);

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        for (var piece = 0; piece < Pieces; piece++)
        {
            var payload = new byte[LengthOf(piece)];
            payload.AsSpan().Fill(message.Payload[0]);
            var shared = PreparedMessage.Create(payload, MessageType.Binary);
            connection.Send(shared);
            shared.Release();
        }
    }

    public void OnOpen(WebSocketConnection connection) { }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) { }
}
