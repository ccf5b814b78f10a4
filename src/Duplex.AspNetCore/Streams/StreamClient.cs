using System.IO.Pipelines;
using System.Threading.Channels;
using Duplex.AspNetCore.Sharding;
using Duplex.Centrifuge.Session;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Sharding;
using Duplex.Messaging.Transports;

namespace Duplex.AspNetCore.Streams;

/// <summary>
/// A client of the hub whose frames leave through the body of a response. The shard fills a queue; the request's own
/// task empties it into the body. What the client says arrives by other requests, through <see cref="Receive"/>.
/// </summary>
internal sealed class StreamClient : IClientTransport
{
    private const int HighWaterBytes = 64 * 1024;
    private const int LowWaterBytes = 16 * 1024;

    private readonly OwnerShard _shard;
    private readonly Channel<OutboundFrame> _frames = Channel.CreateUnbounded<OutboundFrame>(new() { SingleReader = true, SingleWriter = true });
    private DialectSession? _session;
    private long _queuedBytes;
    private int _isFull;

    public StreamClient(StreamKind kind, OwnerShard shard)
    {
        Name = kind.Name;
        IsOneWay = kind.IsOneWay;
        _shard = shard;
    }

    public string Name { get; }

    /// <summary>Whether the client only listens: nobody may post commands in its name.</summary>
    public bool IsOneWay { get; }

    public long QueuedBytes => Volatile.Read(ref _queuedBytes);

    public bool IsWritable => Volatile.Read(ref _isFull) == 0;

    /// <summary>Starts the session and gives it its first message.</summary>
    public void Open(Hub hub, StreamKind kind, ClientFeatures features, SessionOptions options, byte[] first) => Post(() =>
    {
        _session = new DialectSession(hub, _shard, this, kind.Wire, features, options);
        if (kind.IsOneWay) _session.OnConnect(first);
        else _session.OnMessage(first);
    });

    /// <summary>Commands of this client arrived. Safe from any thread; their order is that of the calls.</summary>
    public void Receive(byte[] commands) => Post(() => _session?.OnMessage(commands));

    /// <summary>The server stops. Safe from any thread.</summary>
    public void Shutdown() => Post(() =>
    {
        if (_session is { } session) session.Client.Disconnect(Disconnects.Shutdown);
        else Close(Disconnects.Shutdown);
    });

    public void Send(OutboundFrame frame)
    {
        frame.Retain();
        if (!_frames.Writer.TryWrite(frame))
        {
            frame.Release();
            return;
        }

        if (Interlocked.Add(ref _queuedBytes, frame.Length) >= HighWaterBytes) Volatile.Write(ref _isFull, 1);
    }

    public void Close(Disconnect disconnect) => _frames.Writer.TryComplete();

    public void Abort() => _frames.Writer.TryComplete();

    /// <summary>Writes until the hub closes the client or the peer has gone.</summary>
    public async Task RunAsync(PipeWriter body, CancellationToken aborted)
    {
        try
        {
            while (await _frames.Reader.WaitToReadAsync(aborted).ConfigureAwait(false))
            {
                Write(body);
                var flushed = await body.FlushAsync(aborted).ConfigureAwait(false);
                if (flushed.IsCompleted) break;
            }
        }
        catch (OperationCanceledException)
        {
            // The peer has gone: an ordinary end.
        }
        finally
        {
            _frames.Writer.TryComplete();
            while (_frames.Reader.TryRead(out var rest)) rest.Release();
            Post(() => _session?.OnClosed());
        }
    }

    private void Write(PipeWriter body)
    {
        long written = 0;
        while (written < HighWaterBytes && _frames.Reader.TryRead(out var frame))
        {
            Copy(body, ((ByteFrame)frame).Bytes);
            written += frame.Length;
            frame.Release();
        }

        if (Interlocked.Add(ref _queuedBytes, -written) <= LowWaterBytes && Interlocked.Exchange(ref _isFull, 0) == 1)
        {
            Post(() => _session?.OnWritable());
        }
    }

    private static void Copy(PipeWriter body, ReadOnlySpan<byte> bytes) => System.Buffers.BuffersExtensions.Write(body, bytes);

    private void Post(Action action) => _shard.Post(new Step(action));

    private sealed class Step(Action action) : IShardWork
    {
        public void Run() => action();
    }
}
