using System.Net.WebSockets;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.WebSockets.Adapters;

/// <summary>
/// Serves a connection with code that uses <see cref="WebSocket"/>. The function receives the connection as a
/// <see cref="WebSocket"/> and runs off the shard; the connection is closed when it returns (1000) or throws (1011). One
/// instance per connection.
/// </summary>
/// <param name="serve">The function that serves the connection.</param>
/// <param name="receiveQueueBytes">
/// The number of bytes of received messages that wait for the function, above which the connection stops reading from its
/// peer. Default 1 MiB.
/// </param>
/// <param name="logger">The logger of exceptions of the function. Default none.</param>
public sealed class ConnectionAsWebSocketHandler(Func<WebSocket, Task> serve, int receiveQueueBytes = 1024 * 1024, ILogger? logger = null)
    : IWebSocketHandler, IAwaitedHandler
{
    private readonly AwaitedHandler _inner = new(receiveQueueBytes);

    /// <inheritdoc/>
    public void OnOpen(WebSocketConnection connection)
    {
        _inner.OnOpen(connection);
        _ = Task.Run(() => ServeAsync(connection));
    }

    /// <inheritdoc/>
    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) => _inner.OnMessage(connection, message);

    /// <inheritdoc/>
    public void OnMessagePart(WebSocketConnection connection, in WebSocketMessagePart part) => _inner.OnMessagePart(connection, part);

    /// <inheritdoc/>
    public void OnWritable(WebSocketConnection connection) => _inner.OnWritable(connection);

    /// <inheritdoc/>
    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) => _inner.OnClosed(connection, end);

    AwaitedSends IAwaitedHandler.Sends => _inner.Sends;

    bool IAwaitedHandler.DefersEnd(in ConnectionEnd end) => _inner.DefersEnd(end);

    private async Task ServeAsync(WebSocketConnection connection)
    {
        using var socket = new ConnectionAsWebSocket(_inner, connection);
        var code = CloseCode.NormalClosure;
        try
        {
            await serve(socket).ConfigureAwait(false);
        }
        catch (WebSocketException) when (_inner.Completion.IsCompleted)
        {
            // The peer ended the connection while the function was using it.
        }
#pragma warning disable CA1031 // Any exception of the function ends this connection only and is reported to the peer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            code = CloseCode.InternalError;
            ConnectionLog.WebSocketHandlerFailed(logger ?? NullLogger.Instance, exception);
        }
        finally
        {
            _inner.PostClose(connection.Shard, code, "");
            await _inner.Completion.ConfigureAwait(false);
        }
    }
}
