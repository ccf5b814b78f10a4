using Duplex.Centrifuge.Session;
using Duplex.Execution;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Transports;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.AspNetCore.Sockets;

/// <summary>A client of the hub on a WebSocket: what arrives goes to its session, what the hub sends to the connection.</summary>
internal sealed class WebSocketClient(Hub hub, DialectWire wire, ClientFeatures features, SessionOptions told) : IWebSocketHandler, IClientTransport
{
    private WebSocketConnection? _connection;
    private DialectSession? _session;

    public string Name => "websocket";

    public long QueuedBytes => _connection!.QueuedBytes;

    public bool IsWritable => _connection!.IsWritable;

    public void OnOpen(WebSocketConnection connection)
    {
        _connection = connection;
        _session = new DialectSession(hub, connection.Shard, this, wire, features, told);
    }

    /// <summary>Takes a one-way client's connect request that did not come as a message.</summary>
    public void Connect(ReadOnlySpan<byte> request) => _session!.OnConnect(request);

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        if (!features.IsUnidirectional) _session!.OnMessage(message.Payload);
        else if (_session!.Client.Phase == ClientPhase.Open) _session.OnConnect(message.Payload);
        else _session.Client.Disconnect(Disconnects.BadRequest with { Explanation = "A client of a one-way transport sent a second message." });
    }

    public void OnWritable(WebSocketConnection connection) => _session!.OnWritable();

    // The hub closes its clients itself, with a code that tells them to return.
    public void OnStopping(WebSocketConnection connection)
    {
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) => _session!.OnClosed(Explain(end));

    private static string Explain(in ConnectionEnd end) => end.Reason switch
    {
        EndReason.ClosedByPeer when end.Code is CloseCode.NormalClosure => "The peer closed the WebSocket with 1000.",
        EndReason.ClosedByPeer when end.Code is CloseCode.GoingAway => "The peer closed the WebSocket with 1001: it went away.",
        EndReason.ClosedByPeer => $"The peer closed the WebSocket with {(int)end.Code}.",
        EndReason.ProtocolError or EndReason.InvalidText or EndReason.InvalidCompressedData => $"The peer broke the WebSocket protocol and is closed with {(int)end.Code}.",
        EndReason.LimitExceeded => $"The peer exceeded a limit of the endpoint, such as the size of a message, and is closed with {(int)end.Code}.",
        EndReason.MessageTimeout => "The peer did not finish a message within MessageTimeout.",
        EndReason.PingTimeout => "The peer did not answer a ping of the WebSocket.",
        EndReason.SendQueueFull => "The peer reads too slowly, and the send queue passed its limit.",
        EndReason.HandlerFailed => "The server failed: the error that is logged before has the cause.",
        _ => "The connection was lost without a close frame.",
    };

    public void Send(SharedFrame frame) => _connection!.Send((PreparedMessage)frame);

    public void Close(Disconnect disconnect) => _connection!.Close((CloseCode)disconnect.Code, disconnect.Reason);

    public void Abort() => _connection!.Abort();
}
