using System.Net;
using System.Net.Sockets;
using Showcase.Waiting;

namespace Showcase.Lines;

/// <summary>
/// A TCP forwarder on a port of loopback that behaves as a line of a network: bytes pass at its rate, after its delay, or
/// not at all. It does not change them. Safe from any thread.
/// </summary>
public sealed class Line : IAsyncDisposable
{
    /// <summary>The maximum number of open connections; further ones are reset.</summary>
    public const int MaxConnections = 32;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Socket _listener;
    private readonly List<LineConnection> _connections = [];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly Pulse _changed = new();
    private readonly Task _accepting;
    private LineSettings _settings;
    private LineCounts _closed = new(0, 0, 0, new(0, 0, 0), new(0, 0, 0));
    private LineConnection? _newest;
    private bool _isClosed;

    /// <summary>Opens a line.</summary>
    /// <param name="target">The address to which connections are forwarded.</param>
    /// <param name="settings">The properties of the line.</param>
    /// <param name="time">The clock.</param>
    public Line(IPEndPoint target, LineSettings settings, TimeProvider time)
    {
        // The socket of a server that accepts both versions reports IPv4 addresses as IPv6.
        Target = target.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(target.Address.MapToIPv4(), target.Port) : target;
        (_settings, _time) = (settings, time);
        _listener = SmallSocket.Listen(MaxConnections);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The address to which connections are forwarded.</summary>
    public IPEndPoint Target { get; }

    /// <summary>The port of 127.0.0.1 on which the line listens.</summary>
    public int Port { get; }

    /// <summary>The properties. New ones apply to bytes that are sent from then on, and to all connections.</summary>
    public LineSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set
        {
            LineConnection[] cut;
            lock (_lock)
            {
                Volatile.Write(ref _settings, value);
                cut = value.State == LineState.Cut ? [.. _connections] : [];
                _changed.Give();
            }

            foreach (var connection in cut) connection.Reset();
        }
    }

    /// <summary>Returns the counts of all connections, open and closed.</summary>
    public LineCounts Counts()
    {
        lock (_lock) return _connections.Aggregate(_closed, static (sum, connection) => sum.With(connection)) with { Open = _connections.Count };
    }

    /// <summary>Returns the last bytes of the newest connection, which may have ended, or null before the first connection.</summary>
    public PassedBytes? Passed()
    {
        lock (_lock) return _newest is null ? null : new(_closed.Opened, _newest.Up.Capture.Read(), _newest.Down.Capture.Read());
    }

    /// <summary>Resets all connections and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        LineConnection[] open;
        lock (_lock)
        {
            if (_isClosed) return;
            _isClosed = true;
            open = [.. _connections];
            if (open.Length == 0) _drained.TrySetResult();
        }

        await _stop.CancelAsync();
        _listener.Dispose();
        foreach (var connection in open) connection.Reset();
        await _accepting;
        await _drained.Task;
        _stop.Dispose();
    }

    /// <summary>Waits while the line is silent.</summary>
    internal async ValueTask OpenAsync(CancellationToken stop)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_settings.State != LineState.Silent) return;
                changed = _changed.Next;
            }

            await changed.WaitAsync(stop);
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Start(await _listener.AcceptAsync(_stop.Token));
            }
            catch (SocketException)
            {
                // The client has gone already, or the process has no descriptors left for a while.
                await Task.Delay(RetryDelay, _time, CancellationToken.None);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Start(Socket client)
    {
        LineConnection connection;
        lock (_lock)
        {
            if (!_isClosed && _settings.State != LineState.Cut && _connections.Count < MaxConnections)
            {
                connection = _newest = new LineConnection(client, this, _time);
                _closed = _closed with { Opened = _closed.Opened + 1 };
                _connections.Add(connection);
            }
            else
            {
                _closed = _closed with { Refused = _closed.Refused + 1 };
                client.Close(timeout: 0);
                return;
            }
        }

        _ = CarryAsync(connection);
    }

    private async Task CarryAsync(LineConnection connection)
    {
        try
        {
            await connection.CarryAsync();
        }
        finally
        {
            lock (_lock)
            {
                _closed = _closed.With(connection).WithoutHeld();
                _connections.Remove(connection);
                if (_isClosed && _connections.Count == 0) _drained.TrySetResult();
            }

            connection.Dispose();
        }
    }
}
