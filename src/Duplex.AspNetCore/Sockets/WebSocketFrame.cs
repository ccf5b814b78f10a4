using Duplex.Messaging.Outbound;
using Duplex.WebSockets.Messages;

namespace Duplex.AspNetCore.Sockets;

/// <summary>A frame of the hub as a prepared WebSocket message. Its references count once for the hub; connections hold the message itself.</summary>
internal sealed class WebSocketFrame(PreparedMessage message) : OutboundFrame
{
    public PreparedMessage Message => message;

    public override int Length => message.Frame.Length;

    protected override void Free() => message.Release();
}
