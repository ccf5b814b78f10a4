using System.Net;
using System.Text;
using Duplex.EventLoop.Connections;
using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Interop;
using Duplex.EventLoop.Loops;
using Duplex.EventLoop.Transport;
using Duplex.Execution;
using Duplex.Protocol.Handshake;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.ObjectPool;

namespace Duplex.EventLoop.Arrival;

/// <summary>
/// A connection that is not yet classified. It peeks at the first bytes and leaves them in the kernel: an upgrade
/// for a mapped endpoint stays on the loop, and every other connection goes to Kestrel with no byte consumed.
/// </summary>
internal sealed unsafe class ArrivingConnection : ShardTimer, ISocketEvents, IShardWork, IUpgradeRequestView
{
    private static readonly UpgradeRefusal TooManyWebSockets = new(
        503, "The limit of concurrent WebSockets is reached.", "The limit is KestrelServerOptions.Limits.MaxConcurrentUpgradedConnections.");

    private readonly ArrivalContext _context;
    private readonly UpgradeRequestReader _reader;
    private Loop _loop = null!;
    private int _fd;
    private int _slot;
    private int _peeked;
    private bool _isOurs;

    private ArrivingConnection(ArrivalContext context)
    {
        _context = context;
        _reader = new UpgradeRequestReader(context.HandshakeLimits);
    }

    /// <summary>Number of bytes that were peeked at.</summary>
    public int PeekedBytes => _peeked;

    string IUpgradeRequestView.Path => RequestPath.Decode(_reader.Request!.PathBytes);

    string IUpgradeRequestView.Query => _reader.Request!.Query;

    EndPoint? IUpgradeRequestView.RemoteEndPoint => _context.Forwarded.Find(PeerAddress.Of(_fd), _reader.Request!);

    /// <summary>Creates a pool: an arriving connection lives for microseconds and takes as much memory as the connection that replaces it.</summary>
    public static ObjectPool<ArrivingConnection> CreatePool(ArrivalContext context) => new DefaultObjectPool<ArrivingConnection>(new Policy(context));

    /// <summary>Sets the loop and the descriptor. The caller then runs the connection on that loop.</summary>
    public ArrivingConnection Assign(Loop loop, int fd)
    {
        _loop = loop;
        _fd = fd;
        return this;
    }

    /// <summary>Registers the socket on the loop and waits for its first bytes. Loop only.</summary>
    public void Run()
    {
        _slot = _loop.BackEnd.Add(_fd, this);
        _isOurs = true;
        try
        {
            _loop.Schedule(this, _context.HeadTimeout);
            _loop.BackEnd.WaitReadable(_slot);
        }
        catch (Exception exception)
        {
            _loop.Report(exception);
            OnFailed();
        }
    }

    public void OnReadable()
    {
        var scratch = _loop.Scratch;
        int length;
        fixed (byte* start = scratch)
        {
            length = (int)LibC.Receive(_fd, start, scratch.Length, SocketConstants.MessagePeek | SocketConstants.MessageDontWait);
        }

        if (length < 0 && LibC.LastError is Errno.Again or Errno.Interrupted)
        {
            _loop.BackEnd.WaitReadable(_slot);
            return;
        }

        // Readable without a new byte: the peer closed its side before its request was complete.
        if (length <= _peeked)
        {
            Remove();
            return;
        }

        switch (_reader.Read(scratch.AsSpan(0, length)))
        {
            case HandshakeResult.NeedMore:
                _peeked = length;
                WakeAt(length + 1);
                _loop.BackEnd.WaitReadable(_slot);
                break;
            // RFC 9112 section 3.2: rejected for every target, because routing parses the field.
            case HandshakeResult.Invalid when _reader.Fault == UpgradeFault.Host:
                Refuse(UpgradeRefusal.Of(UpgradeFault.Host));
                break;
            case HandshakeResult.Upgrade when Find(_reader.Request!) is { } endpoint:
                Accept(endpoint, _reader.Request!);
                break;
            default:
                HandOver();
                break;
        }
    }

    void ISocketEvents.OnFailed() => OnFailed();

    /// <summary>Handles an exception in the decision about the request: responds to the client if that is still possible.</summary>
    protected override void OnFailed()
    {
        if (!_isOurs) return;
        try
        {
            Refuse(UpgradeRefusal.Failure);
        }
        catch (Exception exception)
        {
            _loop.Report(exception);
            if (_isOurs) Remove();
        }
    }

    public void OnReleased()
    {
        _loop.Leave();
        _context.Arrivals.Return(this);
    }

    string? IUpgradeRequestView.FindHeader(string name) => _reader.Request!.FindHeader(name);

    IReadOnlyDictionary<string, string> IUpgradeRequestView.CopyHeaders() => _reader.Request!.CopyHeaders();

    private WebSocketEndpoint? Find(UpgradeRequest request) => _context.Router?.Find(request.PathBytes, request.HostBytes);

    private void Accept(WebSocketEndpoint endpoint, UpgradeRequest request)
    {
        var options = endpoint.Options;
        // The host is needed only for comparison with an origin.
        var origin = request.Origin;
        var decision = UpgradePolicy.Decide(
            options, origin, origin is null ? "" : request.Host, request.Subprotocols, request.Extensions);
        if (decision.Refusal is not null)
        {
            Refuse(decision.Refusal);
            return;
        }

        // Returned when the connection is released, or below when none is created.
        if (!_loop.WebSockets.TryTake())
        {
            Refuse(TooManyWebSockets);
            return;
        }

        LoopConnection? connection = null;
        ReadOnlySpan<byte> response;
        try
        {
            connection = MakeConnection(endpoint, request, decision, out response);
        }
        finally
        {
            if (connection is null) _loop.WebSockets.Return();
        }

        if (connection is null) return;

        _loop.Cancel(this);
        _isOurs = false;
        _loop.BackEnd.Attach(_slot, connection);
        connection.Open(response);
        if (_loop.IsHostStopping) connection.OnStopping();
        _context.Arrivals.Return(this);
    }

    /// <returns>The connection; null when the request was refused.</returns>
    private LoopConnection? MakeConnection(WebSocketEndpoint endpoint, UpgradeRequest request, UpgradeDecision decision, out ReadOnlySpan<byte> head)
    {
        head = default;
        var subprotocol = decision.Subprotocol;
        IWebSocketHandler? handler;
        UpgradeRefusal? refusal = null;
        WebSocketConnectionOptions connectionOptions;
        _loop.Step();
        try
        {
            var context = new UpgradeContext(_loop, subprotocol, this);
            handler = endpoint.Accept(context);
            if (handler is null) refusal = endpoint.RefusalOf(context);
            connectionOptions = endpoint.OptionsOf(context);
        }
        catch (Exception exception)
        {
            _loop.Report(exception);
            Refuse(UpgradeRefusal.Failure);
            return null;
        }

        if (handler is null)
        {
            Refuse(refusal!);
            return null;
        }

        TakeHead();
        var extensions = decision.Compression.Field;
        var response = _loop.Scratch.AsSpan(0, UpgradeResponse.AcceptLength(subprotocol, extensions));
        UpgradeResponse.WriteAccept(response, request.KeyBytes, subprotocol, extensions);
        decision.Compression.TryCreateCodecs(out var inflater, out var deflater);
        head = response;
        return new LoopConnection(_slot, new ConnectionSetup
        {
            Shard = _loop,
            Handler = handler,
            Options = connectionOptions,
            Logger = _context.Logger,
            Subprotocol = subprotocol,
            Inflater = inflater,
            Deflater = deflater,
        });
    }

    /// <summary>Consumes the head, or the received part of it, and leaves the bytes after it in the kernel.</summary>
    private void TakeHead()
    {
        if (_peeked > 0) WakeAt(1);
        var length = Math.Max(_reader.HeadLength, _peeked);
        fixed (byte* start = _loop.Scratch) LibC.Receive(_fd, start, length, SocketConstants.MessageDontWait);
    }

    private void Refuse(UpgradeRefusal refusal)
    {
        var request = _reader.Request;
        _context.Refusals.Refused(
            refusal, PeerAddress.Of(_fd), request is null ? "" : Encoding.ASCII.GetString(request.PathBytes), request?.Origin, request?.Host);
        TakeHead();
        fixed (byte* start = _loop.Scratch)
        {
            var length = UpgradeResponse.WriteRefusal(_loop.Scratch, refusal.Status, refusal.Reason);
            // The send buffer of a new connection is empty and holds the whole response.
            var vector = new IoVector { Base = start, Length = (nuint)length };
            _loop.BackEnd.SendNow(_slot, &vector, 1);
        }

        Remove();
    }

    private void HandOver()
    {
        if (_peeked > 0) WakeAt(1);
        _loop.Cancel(this);
        var fd = _loop.BackEnd.Detach(_slot);
        _isOurs = false;
        Interlocked.Decrement(ref _loop.Load);
        _context.HandOver(fd);
        _context.Arrivals.Return(this);
    }

    /// <summary>Ends a connection whose head was not complete within the timeout.</summary>
    protected override void OnDue()
    {
        // Kestrel allocates kilobytes per connection, so a slow client is never handed over.
        if (_peeked == 0) Remove();
        else Refuse(UpgradeRefusal.Timeout);
    }

    private void Remove()
    {
        _isOurs = false;
        _loop.Cancel(this);
        _loop.BackEnd.Remove(_slot, reset: false);
    }

    /// <summary>Sets SO_RCVLOWAT: the socket is readable from this many bytes on, so that bytes already peeked at do not wake the loop again.</summary>
    private void WakeAt(int bytes) =>
        LibC.SetSocketOption(_fd, SocketConstants.SocketLevel, SocketConstants.OptionReceiveLowWater, &bytes, sizeof(int));

    private sealed class Policy(ArrivalContext context) : PooledObjectPolicy<ArrivingConnection>
    {
        public override ArrivingConnection Create() => new(context);

        public override bool Return(ArrivingConnection obj)
        {
            obj._reader.Reset();
            obj._peeked = 0;
            return true;
        }
    }
}
