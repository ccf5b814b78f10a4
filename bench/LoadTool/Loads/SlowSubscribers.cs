using System.Net.Sockets;
using LoadTool.Protocols;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>
/// Subscribers that read far less than they are sent, on a separate thread. A new one replaces each that the server
/// disconnects, so that their number is constant.
/// </summary>
internal sealed class SlowSubscribers : IDisposable
{
    private const int ReceiveBufferBytes = 4096;
    private const int BytesPerRead = 64;
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(50);

    private readonly Target _target;
    private readonly byte[][] _opening;
    private readonly LoadConnection?[] _connections;
    private readonly Thread _thread;
    private volatile bool _isStopping;

    public SlowSubscribers(Target target, int count, MessageProtocol protocol)
    {
        _target = target;
        _opening = [.. protocol.Opening()];
        _connections = new LoadConnection?[count];
        for (var i = 0; i < count; i++) _connections[i] = Open();
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Number of subscribers that the server has disconnected.</summary>
    public int Ended { get; private set; }

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
        foreach (var connection in _connections) connection?.Dispose();
    }

    private void Run()
    {
        while (!_isStopping && _connections.Length > 0)
        {
            for (var i = 0; i < _connections.Length; i++) Read(ref _connections[i]);
            Thread.Sleep(BetweenReads);
        }
    }

    private void Read(ref LoadConnection? connection)
    {
        try
        {
            connection ??= Open();
            if (connection.TryRead(BytesPerRead)) return;
        }
        catch (SocketException)
        {
            // The server disconnected it during the opening exchange, which counts like a later disconnect.
        }

        Ended++;
        connection?.Dispose();
        connection = null;
    }

    private LoadConnection Open()
    {
        var connection = LoadConnection.Open(_target, ReceiveBufferBytes);
        Subscribers.Say(connection, _opening);
        connection.GoNonBlocking();
        return connection;
    }
}
