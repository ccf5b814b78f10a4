using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Duplex.EventLoop.Arrival;
using Duplex.EventLoop.Interop;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Duplex.EventLoop.Hosting;

/// <summary>The listener of one address, which returns to Kestrel the connections that the loops hand over.</summary>
internal sealed class EventLoopListener : IConnectionListener
{
    /// <summary>
    /// Limit: connections that wait to be handed over to Kestrel. Kestrel accepts them at once, so a longer queue means a
    /// starved process; further connections are closed.
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
        // Accepted sockets inherit the option, which saves a system call per connection.
        socket.NoDelay = options.NoDelay;
        socket.Listen(options.Backlog);
        var context = createContext((IPEndPoint)EndPoint, HandOver);
        _budget = context.Group.Loops[0].Connections;
        _acceptor = new Acceptor(context.Group.Loops[0], context);
        // The loop and the socket object each close a descriptor of their own.
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
                    // The peer has reset the connection; the next one is accepted.
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
        // A server that is disposed without a prior stop passes a cancelled token; then the wait ends at once.
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
