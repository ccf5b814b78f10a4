using System.IO.Pipelines;
using System.Threading.Channels;
using Duplex.Centrifuge.Session;
using Duplex.Execution;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
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

    private readonly StreamKind _kind;
    private readonly Shard _shard;
    private readonly StreamConnection _connection;
    private readonly StreamTimes _times;
    private readonly Channel<SharedFrame> _frames = Channel.CreateUnbounded<SharedFrame>(new() { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource<Disconnect?> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DialectSession? _session;
    private long _queuedBytes;
    private int _isFull;

    public StreamClient(StreamKind kind, Shard shard, StreamConnection connection, ClientFeatures features, StreamTimes times)
    {
        _kind = kind;
        _shard = shard;
        _connection = connection;
        Features = features;
        _times = times;
    }

    public string Name => _kind.Name;

    /// <summary>What the client's request shows of it.</summary>
    public ClientFeatures Features { get; }

    /// <summary>Whether the client only listens: nobody may post commands in its name.</summary>
    public bool IsOneWay => _kind.IsOneWay;

    /// <summary>Completes with the client's first frame: with null, or with the reason when the hub refused the client.</summary>
    public Task<Disconnect?> Started => _started.Task;

    public long QueuedBytes => Volatile.Read(ref _queuedBytes);

    public bool IsWritable => Volatile.Read(ref _isFull) == 0;

    /// <summary>Starts the session and gives it its first message.</summary>
    public void Open(Hub hub, SessionOptions options, byte[] first) => Post(() =>
    {
        _session = new DialectSession(hub, _shard, this, _kind.Wire, Features, options);
        if (IsOneWay) _session.OnConnect(first);
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

    public void Send(SharedFrame frame)
    {
        // The push that announces a refusal is sent by a client that is closed already.
        if (_session?.Client.Phase != ClientPhase.Closed) _started.TrySetResult(null);
        frame.Retain();
        if (!_frames.Writer.TryWrite(frame))
        {
            frame.Release();
            return;
        }

        if (Interlocked.Add(ref _queuedBytes, frame.Length) >= HighWaterBytes) Volatile.Write(ref _isFull, 1);
    }

    public void Close(Disconnect disconnect)
    {
        _started.TrySetResult(disconnect);
        if (_kind is { IsEventStream: true, IsOneWay: true } && LastEvent.FrameOf(disconnect) is { } mark)
        {
            Send(mark);
            mark.Release();
        }

        if (!_frames.Writer.TryComplete()) return;

        // Not taken back when all is written: what the server still holds has not arrived, and a connection that is closed ignores it.
        _shard.Schedule(new CloseTimer(_connection), _times.Close);
    }

    public void Abort()
    {
        _started.TrySetResult(Disconnects.InternalError);
        _frames.Writer.TryComplete();
        _connection.Abort();
    }

    /// <summary>Writes until the hub closes the client or the peer has gone.</summary>
    public async Task RunAsync(PipeWriter body, CancellationToken aborted)
    {
        try
        {
            while (await _frames.Reader.WaitToReadAsync(aborted).ConfigureAwait(false))
            {
                Write(body, aborted);
                if (await FlushAsync(body, aborted).ConfigureAwait(false)) break;
            }
        }
        catch (OperationCanceledException)
        {
            // The peer has gone: an ordinary end.
        }
    }

    /// <summary>The request is over: nothing more can be sent.</summary>
    public void EndRequest()
    {
        _connection.EndRequest();
        _frames.Writer.TryComplete();
        while (_frames.Reader.TryRead(out var rest)) rest.Release();
        Post(() => _session?.OnClosed());
    }

    // A peer that takes nothing for so long is dead, pings or not: those that only listen answer none.
    private async ValueTask<bool> FlushAsync(PipeWriter body, CancellationToken aborted)
    {
        var flush = body.FlushAsync(aborted);
        if (flush.IsCompleted) return (await flush.ConfigureAwait(false)).IsCompleted;
        try
        {
            return (await flush.AsTask().WaitAsync(_times.Write, _times.Clock, aborted).ConfigureAwait(false)).IsCompleted;
        }
        catch (TimeoutException)
        {
            _connection.Abort();
            return true;
        }
    }

    private void Write(PipeWriter body, CancellationToken aborted)
    {
        long written = 0;
        while (written < HighWaterBytes && _frames.Reader.TryRead(out var frame))
        {
            Copy(((ByteFrame)frame).Bytes, body, aborted);
            written += frame.Length;
            frame.Release();
        }

        if (Interlocked.Add(ref _queuedBytes, -written) <= LowWaterBytes && Interlocked.Exchange(ref _isFull, 0) == 1)
        {
            Post(() => _session?.OnWritable());
        }
    }

    // The server may abort the connection at any moment, and gives no memory then unless some is asked for.
    private static void Copy(ReadOnlySpan<byte> bytes, PipeWriter body, CancellationToken aborted)
    {
        while (!bytes.IsEmpty && !aborted.IsCancellationRequested)
        {
            var room = body.GetSpan(1);
            var part = bytes[..Math.Min(bytes.Length, room.Length)];
            part.CopyTo(room);
            body.Advance(part.Length);
            bytes = bytes[part.Length..];
        }
    }

    private void Post(Action action) => _shard.Post(action);

    private sealed class CloseTimer(StreamConnection connection) : ShardTimer
    {
        protected override void OnDue() => connection.Abort();
    }
}
