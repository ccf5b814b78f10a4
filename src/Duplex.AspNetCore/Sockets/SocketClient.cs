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

/// <summary>Represents a client of the hub on a WebSocket. It passes received messages to the session, and frames of the hub to the connection.</summary>
internal sealed class SocketClient(Hub hub, DialectWire wire, ClientFeatures features, SessionOptions options) : IWebSocketHandler, IClientTransport
{
    private WebSocketConnection? _connection;
    private DialectSession? _session;

    public string Name => "websocket";

    public long QueuedBytes => _connection!.QueuedBytes;

    public bool IsWritable => _connection!.IsWritable;

    public bool IsCaughtUp => _connection!.IsCaughtUp;

    public void OnOpen(WebSocketConnection connection)
    {
        _connection = connection;
        _session = new DialectSession(hub, connection.Shard, this, wire, features, options);
    }

    /// <summary>Processes a one-way client's connect request that was not sent as a message.</summary>
    public void Connect(ReadOnlySpan<byte> request) => _session!.OnConnect(request);

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        if (!features.IsUnidirectional) _session!.OnMessage(message.Payload);
        else if (_session!.Client.Phase == ClientPhase.Open) _session.OnConnect(message.Payload);
        else _session.Client.Disconnect(Disconnects.BadRequest with { Explanation = "A client of a one-way transport sent a second message." });
    }

    public void OnWritable(WebSocketConnection connection) => _session!.OnWritable();

    // The hub closes its clients, with a code on which they reconnect.
    public void OnStopping(WebSocketConnection connection)
    {
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) => _session!.OnClosed(Explain(end));

    private static string Explain(in ConnectionEnd end) => end.Reason switch
    {
        EndReason.ClosedByPeer when end.Code is CloseCode.NormalClosure => "The peer closed the WebSocket with 1000.",
        EndReason.ClosedByPeer when end.Code is CloseCode.GoingAway => "The peer closed the WebSocket with 1001 (going away).",
        EndReason.ClosedByPeer => $"The peer closed the WebSocket with {(int)end.Code}.",
        EndReason.ProtocolError or EndReason.InvalidText or EndReason.InvalidCompressedData => $"The peer violated the WebSocket protocol; its connection is closed with {(int)end.Code}.",
        EndReason.LimitExceeded => $"The peer exceeded a limit of the endpoint, such as the size of a message; its connection is closed with {(int)end.Code}.",
        EndReason.MessageTimeout => "The peer did not complete a message within MessageTimeout.",
        EndReason.PingTimeout => "The peer did not answer a WebSocket ping.",
        EndReason.SendQueueFull => "The peer reads too slowly: the send queue exceeded its limit.",
        EndReason.HandlerFailed => "The server failed; an earlier log entry contains the error.",
        _ => "The connection was lost without a close frame.",
    };

    public void Send(SharedFrame frame) => _connection!.Send((PreparedMessage)frame);

    public void Close(Disconnect disconnect) => _connection!.Close((CloseCode)disconnect.Code, disconnect.Reason);

    public void Abort() => _connection!.Abort();
}
