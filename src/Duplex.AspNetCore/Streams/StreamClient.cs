using System.IO.Pipelines;
using System.Threading.Channels;
using Duplex.Centrifuge.Session;
using Duplex.Execution;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Transports;
using Duplex.WebSockets.Sending;

namespace Duplex.AspNetCore.Streams;

/// <summary>
/// Represents a client of the hub that receives its frames through the body of a response. The shard adds frames to a queue,
/// and the request's task writes them to the body. Commands of the client arrive in other requests, through <see cref="Receive"/>.
/// </summary>
internal sealed class StreamClient : IClientTransport
{
    private const int HighWaterBytes = 64 * 1024;
    private const int LowWaterBytes = 16 * 1024;

    private readonly StreamKind _kind;
    private readonly Shard _shard;
    private readonly ResponseConnection _connection;
    private readonly StreamTimes _times;
    private readonly Channel<SharedFrame> _frames = Channel.CreateUnbounded<SharedFrame>(new() { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource<Disconnect?> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BacklogWatch? _backlog;
    private DialectSession? _session;
    private long _queuedBytes;
    private long _uncheckedBytes;
    private int _isFull;

    public StreamClient(StreamKind kind, Shard shard, ResponseConnection connection, ClientFeatures features, StreamTimes times, bool maySkip)
    {
        _kind = kind;
        _shard = shard;
        _connection = connection;
        Features = features;
        _times = times;
        if (maySkip) _backlog = new BacklogWatch(shard, () => QueuedBytes + connection.UnsentBytes, () => _session?.OnWritable());
    }

    public string Name => _kind.Name;

    /// <summary>The features of the client from its request.</summary>
    public ClientFeatures Features { get; }

    /// <summary>Whether the client is one-way: it receives only, and other requests cannot send commands for it.</summary>
    public bool IsOneWay => _kind.IsOneWay;

    /// <summary>A task that completes with the client's first frame: with null, or with the disconnect if the hub refused the client.</summary>
    public Task<Disconnect?> Started => _started.Task;

    public long QueuedBytes => Volatile.Read(ref _queuedBytes);

    public bool IsWritable => Volatile.Read(ref _isFull) == 0;

    public bool IsCaughtUp => _backlog?.IsBehind != true;

    /// <summary>Starts the session and processes the first message.</summary>
    public void Open(Hub hub, SessionOptions options, byte[] first) => Post(() =>
    {
        _session = new DialectSession(hub, _shard, this, _kind.Wire, Features, options);
        if (IsOneWay) _session.OnConnect(first);
        else _session.OnMessage(first);
    });

    /// <summary>Processes commands of the client, in the order of the calls. Safe from any thread.</summary>
    public void Receive(byte[] commands) => Post(() => _session?.OnMessage(commands));

    /// <summary>Disconnects the client because the server stops. Safe from any thread.</summary>
    public void Shutdown() => Post(() =>
    {
        if (_session is { } session) session.Client.Disconnect(Disconnects.Shutdown);
        else Close(Disconnects.Shutdown);
    });

    public void Send(SharedFrame frame)
    {
        // A refused client is already closed when it sends the push that announces the refusal.
        if (_session?.Client.Phase != ClientPhase.Closed) _started.TrySetResult(null);
        frame.Retain();
        if (!_frames.Writer.TryWrite(frame))
        {
            frame.Release();
            return;
        }

        if (Interlocked.Add(ref _queuedBytes, frame.Length) >= HighWaterBytes) Volatile.Write(ref _isFull, 1);
        if (_backlog is null || (_uncheckedBytes += frame.Length) < BacklogWatch.CheckBytes) return;
        _uncheckedBytes = 0;
        _backlog.Check();
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

        // The timer is not cancelled after the last write, because the data may still be in buffers of the server; on a closed connection the timer has no effect.
        _shard.Schedule(new CloseTimer(_connection), _times.Close);
    }

    public void Abort()
    {
        _started.TrySetResult(Disconnects.InternalError);
        _frames.Writer.TryComplete();
        _connection.Abort();
    }

    /// <summary>Writes frames until the hub closes the client or the peer disconnects.</summary>
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
            // The peer disconnected, which is a normal end.
        }
    }

    /// <summary>Ends the client with its request; queued frames are released.</summary>
    public void EndRequest()
    {
        _connection.EndRequest();
        _frames.Writer.TryComplete();
        while (_frames.Reader.TryRead(out var rest)) rest.Release();
        Post(() =>
        {
            _backlog?.Stop();
            _session?.OnClosed();
        });
    }

    // A write that does not complete in time detects a dead peer: one-way clients answer no pings.
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

    // Kestrel may abort the connection at any time; its writer then provides memory only for a size above 0.
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

    private sealed class CloseTimer(ResponseConnection connection) : ShardTimer
    {
        protected override void OnDue() => connection.Abort();
    }
}
