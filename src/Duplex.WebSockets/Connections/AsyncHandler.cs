using Duplex.Protocol.Closing;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Messages;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Runs an application's task for one connection, on the thread pool. When the task ends, the connection is closed with
/// 1000; when it fails, the exception is logged and the connection is closed with 1011.
/// </summary>
/// <param name="run">The task.</param>
/// <param name="receiveQueueBytes">
/// The number of received bytes above which the connection stops reading from its peer until the task has read them.
/// </param>
/// <param name="logger">The logger of exceptions of the task.</param>
public sealed class AsyncHandler(Func<AsyncConnection, Task> run, int receiveQueueBytes, ILogger logger) : IWebSocketHandler, IAwaitedHandler
{
    private readonly AwaitedHandler _inbox = new(receiveQueueBytes);

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

    AwaitedSends IAwaitedHandler.Sends => _inbox.Sends;

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
            // The peer ended the connection while the task was using it; the exception needs no report.
        }
#pragma warning disable CA1031 // Any exception of the task, that of another connection included, ends this connection.
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
