using System.Net.Sockets;

namespace Showcase.Lines;

/// <summary>A connection through a line: the client's socket, and a socket to the server.</summary>
internal sealed class LineConnection : IDisposable
{
    private readonly Socket _client;
    private readonly Socket _server;
    private readonly Line _line;
    private readonly TimeProvider _time;

    // Never disposed: Reset may run at the same time as the end, and a source without a timer holds nothing.
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private bool _isEnded;

    public LineConnection(Socket client, Line line, TimeProvider time)
    {
        (_client, _line, _time) = (client, line, time);
        _server = SmallSocket.Create(line.Target.AddressFamily);
        Up = new LineDirection(client, _server, line, time);
        Down = new LineDirection(_server, client, line, time);
    }

    public LineDirection Up { get; }

    public LineDirection Down { get; }

    /// <summary>Carries bytes until both sides have ended or one has failed, which resets the other.</summary>
    public Task CarryAsync() => GuardAsync(async stop =>
    {
        // TCP's handshake takes a round trip.
        var (start, roundTrip) = (_time.GetTimestamp(), 2 * _line.Settings.Delay);
        while (roundTrip - _time.GetElapsedTime(start) is var wait && wait > TimeSpan.Zero) await LineDirection.DelayAsync(wait, _time, stop);
        await _line.OpenAsync(stop);
        await _server.ConnectAsync(_line.Target, stop);
        await Task.WhenAll(GuardAsync(Up.TakeAsync), GuardAsync(Up.DeliverAsync), GuardAsync(Down.TakeAsync), GuardAsync(Down.DeliverAsync));
    });

    /// <summary>Resets both sockets: their peers receive RST. Safe from any thread.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            if (_isEnded) return;
            _isEnded = true;
        }

        _client.Close(timeout: 0);
        _server.Close(timeout: 0);
        _stop.Cancel();
    }

    public void Dispose()
    {
        lock (_lock) _isEnded = true;
        _client.Dispose();
        _server.Dispose();
        Up.Dispose();
        Down.Dispose();
    }

    // A failure of one task ends the others: they may wait for bytes that never come.
    private async Task GuardAsync(Func<CancellationToken, Task> task)
    {
        try
        {
            await task(_stop.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Reset();
        }
    }
}
