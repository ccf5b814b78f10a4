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
/// A connection whose purpose is not yet known. Its first bytes are looked at and left in the kernel: an upgrade
/// for one of our endpoints stays on the loop, everything else goes to Kestrel as if nobody had looked.
/// </summary>
internal sealed unsafe class ArrivingConnection : ShardTimer, ISocketEvents, IShardWork, IUpgradeRequestView
{
    private static readonly UpgradeRefusal TooManyWebSockets = new(
        503, "There are as many WebSockets as may be.", "The limit is KestrelServerOptions.Limits.MaxConcurrentUpgradedConnections.");

    private readonly ArrivalContext _context;
    private readonly UpgradeRequestReader _reader;
    private Loop _loop = null!;
    private int _fd;
    private int _slot;
    private int _seen;
    private bool _isOurs;

    private ArrivingConnection(ArrivalContext context)
    {
        _context = context;
        _reader = new UpgradeRequestReader(context.HandshakeLimits);
    }

    /// <summary>Bytes that were looked at.</summary>
    public int Seen => _seen;

    string IUpgradeRequestView.Path => RequestPath.Decode(_reader.Request!.PathBytes);

    string IUpgradeRequestView.Query => _reader.Request!.Query;

    EndPoint? IUpgradeRequestView.RemoteEndPoint => _context.Forwarded.Find(PeerAddress.Of(_fd), _reader.Request!);

    /// <summary>Objects for use again: one lives for a few microseconds, and would cost as much memory as what follows it.</summary>
    public static ObjectPool<ArrivingConnection> CreatePool(ArrivalContext context) => new DefaultObjectPool<ArrivingConnection>(new Policy(context));

    /// <summary>Names the loop that the connection will live on; then that loop runs it.</summary>
    public ArrivingConnection On(Loop loop, int fd)
    {
        _loop = loop;
        _fd = fd;
        return this;
    }

    /// <summary>Begins on the loop.</summary>
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

        // Readable without a new byte: the peer has ended before its request was whole.
        if (length <= _seen)
        {
            Remove();
            return;
        }

        switch (_reader.Read(scratch.AsSpan(0, length)))
        {
            case HandshakeResult.NeedMore:
                _seen = length;
                WakeAt(length + 1);
                _loop.BackEnd.WaitReadable(_slot);
                break;
            // RFC 9112 section 3.2, wherever the request is for: routing takes the field apart.
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

    /// <summary>What was called to decide about the request threw. The client is answered if that is still possible.</summary>
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
        // Without an origin there is nothing to compare the host with.
        var origin = request.Origin;
        var decision = UpgradePolicy.Decide(
            options, origin, origin is null ? "" : request.Host, request.Subprotocols, request.Extensions);
        if (decision.Refusal is not null)
        {
            Refuse(decision.Refusal);
            return;
        }

        // The place is given back when the connection is released, or here.
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
        _context.Arrivals.Return(this);
    }

    /// <returns>Null when the request was refused.</returns>
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
        return new LoopConnection(_loop, _slot, new ConnectionSetup
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

    /// <summary>Takes the head, or what has come of it, and nothing of what follows it, out of the kernel.</summary>
    private void TakeHead()
    {
        if (_seen > 0) WakeAt(1);
        var length = Math.Max(_reader.HeadLength, _seen);
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
            // The send buffer of a new connection is empty: it takes these bytes whole.
            var vector = new IoVector { Base = start, Length = (nuint)length };
            _loop.BackEnd.SendNow(_slot, &vector, 1);
        }

        Remove();
    }

    private void HandOver()
    {
        if (_seen > 0) WakeAt(1);
        _loop.Cancel(this);
        var fd = _loop.BackEnd.Detach(_slot);
        _isOurs = false;
        Interlocked.Decrement(ref _loop.Load);
        _context.HandOver(fd);
        _context.Arrivals.Return(this);
    }

    /// <summary>The head was not whole in time.</summary>
    protected override void OnDue()
    {
        // A connection of Kestrel costs kilobytes: who dawdles does not get one.
        if (_seen == 0) Remove();
        else Refuse(UpgradeRefusal.Timeout);
    }

    private void Remove()
    {
        _isOurs = false;
        _loop.Cancel(this);
        _loop.BackEnd.Remove(_slot, reset: false);
    }

    /// <summary>SO_RCVLOWAT: readable from this many bytes on, so that bytes already looked at do not wake us again.</summary>
    private void WakeAt(int bytes) =>
        LibC.SetSocketOption(_fd, SocketConstants.SocketLevel, SocketConstants.OptionReceiveLowWater, &bytes, sizeof(int));

    private sealed class Policy(ArrivalContext context) : PooledObjectPolicy<ArrivingConnection>
    {
        public override ArrivingConnection Create() => new(context);

        public override bool Return(ArrivingConnection obj)
        {
            obj._reader.Reset();
            obj._seen = 0;
            return true;
        }
    }
}
