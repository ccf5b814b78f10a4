using System.Net.WebSockets;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Adapters;

/// <summary>
/// Adapts a Duplex connection to <see cref="WebSocket"/>, for code that uses that class. It differs in two ways: cancelling
/// a receive leaves the connection open, and the peer's close frame is answered automatically, once the messages before it
/// have been received or the close time-out has passed. Messages that arrive after the local close frame was sent are
/// dropped. One receive and one send at a time, as <see cref="WebSocket"/> requires.
/// </summary>
public sealed class ConnectionAsWebSocket : WebSocket
{
    private readonly AwaitedHandler _handler;
    private readonly WebSocketConnection _connection;
    private OutgoingMessageStream? _outgoing;
    private ReceivedMessage _message;
    private int _taken;
    private bool _isInMessage;
    private bool _isUnfinished;
    private bool _isCloseSent;
    private bool _isCloseReceived;
    private bool _isAborted;

    internal ConnectionAsWebSocket(AwaitedHandler handler, WebSocketConnection connection)
    {
        _handler = handler;
        _connection = connection;
    }

    /// <summary>Wraps an open client, whose messages must then be read through this object only.</summary>
    public ConnectionAsWebSocket(WebSocketClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _handler = client.Handler;
        _connection = client.Connection;
    }

    /// <inheritdoc/>
    public override WebSocketCloseStatus? CloseStatus => _isCloseReceived ? (WebSocketCloseStatus?)_handler.Received?.Code : null;

    /// <inheritdoc/>
    public override string? CloseStatusDescription => _isCloseReceived ? _handler.Received?.Reason : null;

    /// <inheritdoc/>
    public override string? SubProtocol => _connection.Subprotocol;

    /// <inheritdoc/>
    public override WebSocketState State =>
        _isAborted || (_handler.Completion.IsCompleted && _handler.Received is null) ? WebSocketState.Aborted
        : (_isCloseSent, _isCloseReceived) switch
        {
            (false, false) => WebSocketState.Open,
            (true, false) => WebSocketState.CloseSent,
            (false, true) => WebSocketState.CloseReceived,
            (true, true) => WebSocketState.Closed,
        };

    /// <inheritdoc/>
    public override void Abort()
    {
        _isAborted = true;
        _connection.Abort();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (!_handler.Completion.IsCompleted) Abort();
    }

    /// <inheritdoc/>
    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        return new WebSocketReceiveResult(
            result.Count, result.MessageType, result.EndOfMessage, CloseStatus, CloseStatusDescription);
    }

    /// <inheritdoc/>
    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!_isInMessage && !await TryTakeAsync(cancellationToken).ConfigureAwait(false))
            return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true);

        var count = Math.Min(buffer.Length, _message.Payload.Length - _taken);
        _message.Payload.Slice(_taken, count).CopyTo(buffer);
        _taken += count;
        _isInMessage = _taken < _message.Payload.Length;
        return new ValueWebSocketReceiveResult(count, TypeOf(_message.Type), !_isInMessage);
    }

    /// <inheritdoc/>
    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

    /// <summary>Sends a message, or the next part of a message as a fragment. RFC 6455 section 5.4.</summary>
    /// <inheritdoc/>
    public override async ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (messageType == WebSocketMessageType.Close) throw new ArgumentException("Use CloseAsync or CloseOutputAsync to send a close frame.", nameof(messageType));
        if (_isCloseSent) throw new WebSocketException(WebSocketError.InvalidState, "The socket has been closed.");
        var type = TypeOf(messageType);
        try
        {
            if (_outgoing is null && endOfMessage)
            {
                MessageText.Check(buffer.Span, type);
                if (!await _handler.Sends.SendAsync(_connection, buffer, type, cancellationToken).ConfigureAwait(false))
                    throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
                return;
            }

            _outgoing ??= new OutgoingMessageStream(_handler, _connection, type);
            await _outgoing.SendAsync(buffer, isLast: endOfMessage, cancellationToken).ConfigureAwait(false);
            if (endOfMessage) _outgoing = null;
        }
        catch (WebSocketClosedException exception)
        {
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, exception);
        }
    }

    /// <inheritdoc/>
    public override async Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        await CloseOutputAsync(closeStatus, statusDescription, cancellationToken).ConfigureAwait(false);
        await _handler.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_handler.Received is null) throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        _isCloseReceived = true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The status must not be sent, or the description is longer than 123 bytes of UTF-8.</exception>
    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        CloseCodes.ThrowIfNotSendable((int)closeStatus is < 0 or > ushort.MaxValue ? default : (CloseCode)closeStatus);
        statusDescription ??= "";
        if (ClosePayload.CutReason(statusDescription).Length < statusDescription.Length)
            throw new ArgumentException($"A close reason has at most {ClosePayload.MaxReasonBytes} bytes of UTF-8.", nameof(statusDescription));
        _isCloseSent = true;
        _handler.PostClose(_connection.Shard, (CloseCode)closeStatus, statusDescription);
        return Task.CompletedTask;
    }

    private async ValueTask<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        // A receive of the next message finishes the previous one.
        if (_isUnfinished) _handler.OnFinished();
        _isUnfinished = false;
        while (await _handler.Inbox.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!_handler.Inbox.TryRead(out var entry)) continue;
            _message = entry.Whole;
            _handler.OnTaken(_message.Payload.Length);
            _isUnfinished = true;
            _taken = 0;
            return true;
        }

        await _handler.Completion.ConfigureAwait(false);
        if (_handler.Received is null) throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        _isCloseReceived = true;
        return false;
    }

    private static MessageType TypeOf(WebSocketMessageType type) =>
        type == WebSocketMessageType.Text ? MessageType.Text : MessageType.Binary;

    private static WebSocketMessageType TypeOf(MessageType type) =>
        type == MessageType.Text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
}
