using Duplex.Execution;
using Duplex.Messaging.Outbound;
using Duplex.WebSockets.Messages;

namespace Duplex.AspNetCore.Sockets;

/// <summary>Frames each message as one WebSocket message.</summary>
internal sealed class WebSocketFraming(MessageType type) : Framing
{
    public override SharedFrame Frame(ReadOnlySpan<byte> message) => PreparedMessage.Create(message, type);
}
