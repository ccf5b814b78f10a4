using System.Buffers;
using Duplex.Execution;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Messages;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Streams;

/// <summary>
/// A WebSocket over a duplex stream: Kestrel's upgraded connection, an HTTP/2 stream, a client's socket or TLS
/// stream. Lives on a <see cref="ThreadPoolShard"/>.
/// </summary>
public sealed class StreamConnection : ProtocolConnection, IStreamWriterEvents
{
    private const int ReadBytes = 64 * 1024;

    /// <summary>Limit: bytes read and thrown away after a close frame was sent, before the transport is dropped: more than an honest peer has on its way.</summary>
    private const int LingerBytes = 16 * 1024 * 1024;

    private readonly StreamTransport _transport;
    private readonly ILogger _logger;
    private readonly ShardSwitch _ontoShard;
    private readonly StreamWriter _writer;
    private ShutdownTimer? _shutdown;
    private TaskCompletionSource? _drained;
    private TaskCompletionSource? _resumed;
    private TaskCompletionSource? _writable;
    private int _discarded;
    private bool _isFinishing;
    private bool _isLingering;
    private bool _isPeerDone;
    private bool _isGone;

    /// <summary>Makes the connection; <see cref="RunAsync"/> opens it.</summary>
    /// <param name="setup">What the handshake settled; its shard must be a <see cref="ThreadPoolShard"/>.</param>
    /// <param name="transport">The stream.</param>
    public StreamConnection(ConnectionSetup setup, StreamTransport transport)
        : base(setup)
    {
        ArgumentNullException.ThrowIfNull(transport);
        var shard = setup.Shard as ThreadPoolShard
            ?? throw new ArgumentException("A stream's connection lives on a thread-pool shard.", nameof(setup));
        _transport = transport;
        _logger = setup.Logger;
        _ontoShard = new ShardSwitch(shard);
        _writer = new StreamWriter(shard, transport.Stream, this);
    }

    /// <inheritdoc/>
    public override long QueuedBytes => _writer.Queue.Length;

    /// <summary>
    /// Opens the connection and runs it to its end. When the task completes, everything that can be sent has been
    /// handed to the stream, and the stream is no longer used: the caller ends it. Called once, from any thread.
    /// </summary>
    public async Task RunAsync()
    {
        await _ontoShard;
        Open();
        await ReceiveAllAsync().ConfigureAwait(false);
        if (!HasEnded) OnTransportEnded();

        if (_writer.IsWriting || (!_isGone && QueuedBytes > 0))
        {
            _drained = new TaskCompletionSource();
            await _drained.Task.ConfigureAwait(false);
        }

        OnTransportFinished();
        _shutdown?.Stop();
        _writer.Stop();
        // The caller's continuation is not this shard's work.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    /// <inheritdoc/>
    protected override void OnReceivingPaused() =>
        _resumed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    protected override void OnReceivingResumed()
    {
        _resumed?.TrySetResult();
        _resumed = null;
    }

    /// <inheritdoc/>
    protected override Span<byte> GetSendSpan(int length) => _writer.Queue.GetSpan(length);

    /// <inheritdoc/>
    protected override void AdvanceSend(int length)
    {
        _writer.Queue.Advance(length);
        _writer.Mark();
    }

    /// <inheritdoc/>
    protected override void Enqueue(PreparedMessage message)
    {
        _writer.Queue.Add(message);
        _writer.Mark();
    }

    /// <inheritdoc/>
    protected override void FinishTransport(bool lingers)
    {
        ResumeReceiving();
        StopWaitingForRoom();
        _isFinishing = true;
        // A peer may have sent further bytes behind its close frame too. Where our side ends at once, waiting for the
        // peer's end costs nothing, and RFC 6455 section 7.1.1 wants a client to wait for the server's.
        _isLingering = (lingers || !_transport.BuffersWrites) && _transport.Lingers;
        _writer.Mark();
    }

    /// <inheritdoc/>
    protected override void DropTransport()
    {
        ResumeReceiving();
        StopWaitingForRoom();
        _isGone = true;
        // A peer that ended its side in order, and is owed nothing, sees the same of ours.
        var endsInOrder = _isPeerDone && QueuedBytes == 0;
        _writer.Stop();
        if (!endsInOrder) _transport.Abort();
        if (!_writer.IsWriting) _drained?.TrySetResult();
    }

    void IStreamWriterEvents.OnWritten()
    {
        OnSent();
        if (IsWritable) StopWaitingForRoom();
    }

    void IStreamWriterEvents.OnDrained()
    {
        if (!_isFinishing && !_isGone) return;
        if (_isLingering && !_isGone) EndSending();
        _drained?.TrySetResult();
    }

    void IStreamWriterEvents.OnWriteFailed()
    {
        OnTransportEnded();
        _drained?.TrySetResult();
    }

    private void EndSending()
    {
        if (_transport.BuffersWrites) (_shutdown ??= new ShutdownTimer(this)).Start();
        else _transport.ShutdownSending();
    }

    private void StopWaitingForRoom()
    {
        _writable?.TrySetResult();
        _writable = null;
    }

    /// <summary>Receives until the peer ends the transport, or nothing that arrives matters any more.</summary>
    private async Task ReceiveAllAsync()
    {
        while (!_isGone && (!HasEnded || _isLingering))
        {
            if (_resumed is { } resumed)
            {
                await resumed.Task.ConfigureAwait(false);
                await _ontoShard;
                continue;
            }

            // A peer that sends and does not read is held up by TCP, instead of filling our queue with answers.
            if (!IsWritable && !HasEnded)
            {
                _writable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await _writable.Task.ConfigureAwait(false);
                await _ontoShard;
                continue;
            }

            byte[]? buffer = null;
            try
            {
                // A read of nothing waits for bytes without holding memory for them.
                var ready = _transport.Stream.ReadAsync(Memory<byte>.Empty);
                // Bytes that are there already are the next turn's, so that what this one queued is sent first.
                _ontoShard.Yields = ready.IsCompleted;
                await ready.ConfigureAwait(false);
                await _ontoShard;
                if (_isGone) return;

                buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
                var count = await _transport.Stream.ReadAsync(buffer).ConfigureAwait(false);
                await _ontoShard;
                _isPeerDone = count == 0;
                if (count == 0 || !Take(buffer.AsSpan(0, count))) return;
            }
            catch (Exception exception) when (StreamFailure.IsExpected(exception))
            {
                _ontoShard.Yields = false;
                await _ontoShard;
                return;
            }
            finally
            {
                if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>Passes on what came, or discards it after the end.</summary>
    /// <returns>False when too much has come after the end.</returns>
    private bool Take(Span<byte> input)
    {
        if (HasEnded) return (_discarded += input.Length) <= LingerBytes;
        try
        {
            Receive(input);
        }
#pragma warning disable CA1031 // A defect of ours must not pass for a failure of the stream, and costs this connection alone.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ConnectionLog.ConnectionWorkFailed(_logger, exception);
            Abort();
        }

        return true;
    }

    /// <summary>
    /// Ends the sending side a little after the last write: the stream is a pipe whose reader writes to the socket on
    /// another thread, and nothing tells when it has.
    /// </summary>
    private sealed class ShutdownTimer(StreamConnection connection) : ShardTimer
    {
        private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

        public void Start() => connection.Shard.Schedule(this, Delay);

        public void Stop() => connection.Shard.Cancel(this);

        protected override void OnDue() => connection._transport.ShutdownSending();
    }
}
