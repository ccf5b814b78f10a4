using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Duplex.EventLoop.Arrival;
using Duplex.EventLoop.Interop;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Duplex.EventLoop.Hosting;

/// <summary>One address: what Kestrel sees of it are the connections that the loops do not keep.</summary>
internal sealed class EventLoopListener : IConnectionListener
{
    /// <summary>
    /// Limit: connections that wait for Kestrel to take them over; it takes them at once, so that more means a starving
    /// process. Further ones are closed.
    /// </summary>
    private const int MaxWaiting = 4096;

    private readonly Socket _socket;
    private readonly SocketTransportOptions _options;
    private readonly SocketConnectionContextFactory _connections;
    private readonly Acceptor _acceptor;
    private readonly ConnectionBudget _budget;
    private readonly Channel<int> _handedOver = Channel.CreateBounded<int>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private int _isUnbound;

    public EventLoopListener(
        Socket socket,
        SocketTransportOptions options,
        SocketConnectionContextFactory connections,
        Func<IPEndPoint, Action<int>, ArrivalContext> createContext)
    {
        _socket = socket;
        _options = options;
        _connections = connections;
        EndPoint = socket.LocalEndPoint!;
        // Accepted sockets inherit it: no call per connection.
        socket.NoDelay = options.NoDelay;
        socket.Listen(options.Backlog);
        var context = createContext((IPEndPoint)EndPoint, HandOver);
        _budget = context.Group.Loops[0].Connections;
        _acceptor = new Acceptor(context.Group.Loops[0], context);
        // The loop closes its descriptor, the socket object its own.
        var descriptor = LibC.Duplicate((int)socket.Handle);
        if (descriptor < 0) throw new IOException($"The listening socket cannot be shared with the loops: fcntl failed with errno {LibC.LastError}; 24 means too many open files, raise `ulimit -n`.");
        _acceptor.Start(descriptor);
    }

    public EndPoint EndPoint { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _handedOver.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_handedOver.Reader.TryRead(out var fd))
            {
                try
                {
                    var connection = _connections.Create(new Socket(new SafeSocketHandle(fd, ownsHandle: true)) { NoDelay = _options.NoDelay });
                    connection.ConnectionClosed.UnsafeRegister(static budget => ((ConnectionBudget)budget!).Return(), _budget);
                    return connection;
                }
                catch (SocketException)
                {
                    // It was reset meanwhile: the next one.
                    _budget.Return();
                }
            }
        }

        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isUnbound, 1) != 0) return;
        _socket.Dispose();
        // A server that is disposed without having been stopped passes a cancelled token: then nobody waits.
        await _acceptor.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _handedOver.Writer.TryComplete();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync().ConfigureAwait(false);
        while (_handedOver.Reader.TryRead(out var fd)) Drop(fd);
    }

    private void HandOver(int fd)
    {
        if (!_handedOver.Writer.TryWrite(fd)) Drop(fd);
    }

    private void Drop(int fd)
    {
        LibC.Close(fd);
        _budget.Return();
    }
}
