using Duplex.Protocol.Closing;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Messages;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Runs an application's task for one connection, on the thread pool. When the task ends, the connection is closed
/// with 1000; when it fails, with 1011 and a log entry.
/// </summary>
/// <param name="run">The task.</param>
/// <param name="receiveQueueBytes">Received bytes above which the peer is held up until they are read.</param>
/// <param name="logger">Where a failure goes.</param>
public sealed class AsyncHandler(Func<AsyncConnection, Task> run, int receiveQueueBytes, ILogger logger) : IWebSocketHandler, IAwaitedHandler
{
    private readonly ClientHandler _inbox = new(receiveQueueBytes);

    /// <inheritdoc/>
    public void OnOpen(WebSocketConnection connection)
    {
        _inbox.OnOpen(connection);
        _ = Task.Run(() => RunAsync(new AsyncConnection(_inbox, connection)));
    }

    /// <inheritdoc/>
    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) => _inbox.OnMessage(connection, message);

    /// <inheritdoc/>
    public void OnMessagePart(WebSocketConnection connection, in WebSocketMessagePart part) => _inbox.OnMessagePart(connection, part);

    /// <inheritdoc/>
    public void OnWritable(WebSocketConnection connection) => _inbox.OnWritable(connection);

    /// <inheritdoc/>
    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) => _inbox.OnClosed(connection, end);

    bool IAwaitedHandler.DefersEnd(in ConnectionEnd end) => _inbox.DefersEnd(end);

    private async Task RunAsync(AsyncConnection connection)
    {
        var code = CloseCode.NormalClosure;
        try
        {
            await run(connection).ConfigureAwait(false);
        }
        catch (WebSocketClosedException exception) when (exception.IsOf(_inbox))
        {
            // The peer went away under the task's hands: it is told so, and nobody else needs to be.
        }
#pragma warning disable CA1031 // Whatever the task throws, the end of another connection included, ends this connection.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            code = CloseCode.InternalError;
            ConnectionLog.WebSocketHandlerFailed(logger, exception);
        }
        finally
        {
            await connection.CloseAsync(code).ConfigureAwait(false);
        }
    }
}
