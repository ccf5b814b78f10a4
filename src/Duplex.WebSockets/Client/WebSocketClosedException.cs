using Duplex.WebSockets.Connections;

namespace Duplex.WebSockets.Client;

/// <summary>The connection has ended: abnormally while it was read, or in any way before something could be sent.</summary>
public sealed class WebSocketClosedException : WebSocketClientException
{
    internal WebSocketClosedException(in ConnectionEnd end, CloseFrame? sent, CloseFrame? received)
        : base($"The WebSocket has ended: {end.Reason}, code {(int)end.Code}{(end.CloseReason.Length > 0 ? $" ({end.CloseReason})" : "")}.", null)
    {
        End = end;
        Sent = sent;
        Received = received;
    }

    /// <summary>How the connection ended.</summary>
    public ConnectionEnd End { get; }

    /// <summary>Our close frame, or null when none was sent.</summary>
    public CloseFrame? Sent { get; }

    /// <summary>The peer's close frame, or null when none came.</summary>
    public CloseFrame? Received { get; }
}
