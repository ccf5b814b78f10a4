using System.Text;
using Duplex.EventLoop.Connections;
using Duplex.EventLoop.Interop;
using Duplex.EventLoop.Loops;
using Duplex.EventLoop.Transport;
using Duplex.Protocol.Handshake;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;

namespace Duplex.EventLoop.Arrival;

/// <summary>
/// A connection whose purpose is not yet known. Its first bytes are looked at and left in the kernel: an upgrade
/// for one of our endpoints stays on the loop, everything else goes to Kestrel as if nobody had looked.
/// </summary>
internal sealed unsafe class ArrivingConnection : ISocketEvents, IOwnerWork
{
    private readonly Loop _loop;
    private readonly int _fd;
    private readonly ArrivalContext _context;
    private readonly UpgradeRequestReader _reader;
    private readonly HeadTimer _timer;
    private int _slot;
    private int _seen;
    private bool _isLate;

    public ArrivingConnection(Loop loop, int fd, ArrivalContext context)
    {
        _loop = loop;
        _fd = fd;
        _context = context;
        _reader = new UpgradeRequestReader(context.HandshakeLimits);
        _timer = new HeadTimer(this);
    }

    /// <summary>Bytes that were looked at.</summary>
    public int Seen => _seen;

    /// <summary>Begins on the loop.</summary>
    public void Run()
    {
        _slot = _loop.BackEnd.Add(_fd, this);
        _loop.Schedule(_timer, _context.HeadTimeout);
        _loop.BackEnd.WaitReadable(_slot);
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

        if (_isLate && length > 0)
        {
            HandOver();
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
            case HandshakeResult.Upgrade when Find(_reader.Request!) is { } endpoint:
                Accept(endpoint, _reader.Request!);
                break;
            default:
                HandOver();
                break;
        }
    }

    public void OnReleased() => Interlocked.Decrement(ref _loop.Load);

    private WebSocketEndpoint? Find(UpgradeRequest request)
    {
        if (_context.Router is not { } router) return null;
        var path = request.Path;
        var host = request.Host;
        // Both are ASCII: the reader checked them.
        Span<byte> bytes = path.Length + host.Length <= 512 ? stackalloc byte[512] : new byte[path.Length + host.Length];
        var split = Encoding.ASCII.GetBytes(path, bytes);
        var end = split + Encoding.ASCII.GetBytes(host, bytes[split..]);
        return router.Find(bytes[..split], bytes[split..end]);
    }

    private void Accept(WebSocketEndpoint endpoint, UpgradeRequest request)
    {
        var options = endpoint.Options;
        var decision = UpgradePolicy.Decide(options, request.Origin, request.Host, request.Subprotocols, request.Extensions);
        if (decision.Refusal != 0)
        {
            Refuse(decision.Refusal);
            return;
        }

        var subprotocol = decision.Subprotocol;
        IWebSocketHandler? handler;
        WebSocketConnectionOptions connectionOptions;
        _loop.Step();
        try
        {
            var address = _context.Forwarded.Find(PeerAddress.Of(_fd), request.Headers);
            var context = new UpgradeContext(
                _loop, Uri.UnescapeDataString(request.Path), request.Query, subprotocol, address, request.Headers);
            handler = endpoint.Accept(context);
            connectionOptions = endpoint.OptionsOf(context);
        }
        catch (Exception exception)
        {
            _loop.Report(exception);
            Refuse(503);
            return;
        }

        if (handler is null)
        {
            Refuse(endpoint.RefusalStatus);
            return;
        }

        TakeHead();
        var extensions = decision.Compression.Field;
        var response = _loop.Scratch.AsSpan(0, UpgradeResponse.AcceptLength(subprotocol, extensions));
        UpgradeResponse.WriteAccept(response, request.Key, subprotocol, extensions);
        decision.Compression.TryCreateCodecs(out var inflater, out var deflater);
        var connection = new LoopConnection(_loop, _slot, new ConnectionSetup
        {
            Owner = _loop,
            Handler = handler,
            Options = connectionOptions,
            Logger = _context.Logger,
            Subprotocol = subprotocol,
            Inflater = inflater,
            Deflater = deflater,
        });
        _loop.Cancel(_timer);
        _loop.BackEnd.Attach(_slot, connection);
        connection.Open(response);
    }

    /// <summary>Takes the head, and nothing of what follows it, out of the kernel.</summary>
    private void TakeHead()
    {
        if (_seen > 0) WakeAt(1);
        fixed (byte* start = _loop.Scratch) LibC.Receive(_fd, start, _reader.HeadLength, SocketConstants.MessageDontWait);
    }

    private void Refuse(int status)
    {
        TakeHead();
        fixed (byte* start = _loop.Scratch)
        {
            var length = UpgradeResponse.WriteRefusal(_loop.Scratch, status);
            // The send buffer of a new connection is empty: it takes these bytes whole.
            var vector = new IoVector { Base = start, Length = (nuint)length };
            _loop.BackEnd.SendNow(_slot, &vector, 1);
        }

        Remove();
    }

    private void HandOver()
    {
        if (_seen > 0) WakeAt(1);
        _loop.Cancel(_timer);
        var fd = _loop.BackEnd.Detach(_slot);
        Interlocked.Decrement(ref _loop.Load);
        _context.HandOver(fd);
    }

    private void OnHeadTimeout()
    {
        if (_seen == 0)
        {
            Remove();
            return;
        }

        // Kestrel has a limit of its own for slow heads, and an answer. The wait that is armed ends at once,
        // because the bytes that were looked at suffice for it now.
        _isLate = true;
        WakeAt(1);
    }

    private void Remove()
    {
        _loop.Cancel(_timer);
        _loop.BackEnd.Remove(_slot, reset: false);
    }

    /// <summary>SO_RCVLOWAT: readable from this many bytes on, so that bytes already looked at do not wake us again.</summary>
    private void WakeAt(int bytes) =>
        LibC.SetSocketOption(_fd, SocketConstants.SocketLevel, SocketConstants.OptionReceiveLowWater, &bytes, sizeof(int));

    private sealed class HeadTimer(ArrivingConnection connection) : OwnerTimer
    {
        protected internal override void OnDue() => connection.OnHeadTimeout();
    }
}
