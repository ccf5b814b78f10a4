using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Showcase.Lab;

/// <summary>
/// A WebSocket without the hub: it carries the events that are written while it is open. What a client missed is lost, which
/// is what the laboratory demonstrates.
/// </summary>
internal sealed class LabSocket(LabRun run) : IWebSocketHandler
{
    private CancellationTokenSource? _closed;

    public void OnOpen(WebSocketConnection connection)
    {
        if (!run.Waiters.TryEnter())
        {
            connection.Close(CloseCode.TryAgainLater, "Too many connections of this run are open.");
            return;
        }

        run.Count(LabWay.Socket, requests: 1);
        _closed = CancellationTokenSource.CreateLinkedTokenSource(run.Ended);
        _ = SendAsync(connection, run.Last, _closed.Token);
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        // This way carries events only: LabReceiver takes messages.
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
    {
        if (_closed is null) return;
        _closed.Cancel();
        _closed.Dispose();
        run.Waiters.Leave();
    }

    private async Task SendAsync(WebSocketConnection connection, long after, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                foreach (var written in await run.NextAsync(after, stop))
                {
                    after = written.Number;
                    connection.Shard.Post(() => Send(connection, written));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has closed already, or the run has ended.
            connection.Shard.Post(() => connection.Close(CloseCode.NormalClosure));
        }
    }

    private void Send(WebSocketConnection connection, LabEvent written)
    {
        connection.Send(written.Json, MessageType.Text);
        run.Count(LabWay.Socket, events: 1, bodyDown: written.Json.Length);
    }
}
