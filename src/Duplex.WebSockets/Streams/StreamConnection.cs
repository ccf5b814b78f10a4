using System.Buffers;
using Duplex.Execution;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Messages;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Streams;

/// <summary>
/// Represents a WebSocket over a duplex stream: Kestrel's upgraded connection, an HTTP/2 stream, or a client's socket or TLS
/// stream. It runs on a <see cref="ThreadPoolShard"/>.
/// </summary>
internal sealed class StreamConnection : ProtocolConnection, IStreamWriterEvents
{
    private const int ReadBytes = 64 * 1024;

    private readonly StreamTransport _transport;
    private readonly ILogger _logger;
    private readonly Func<uint>? _maskingKeys;
    private readonly ShardSwitch _ontoShard;
    private readonly StreamWriter _writer;
    private ShutdownTimer? _shutdown;
    private TaskCompletionSource? _ended;
    private TaskCompletionSource? _resumed;
    private TaskCompletionSource? _writable;
    private bool _isReading;
    private bool _isGone;

    /// <summary>Creates the connection; <see cref="RunAsync"/> opens it.</summary>
    /// <param name="setup">The parameters of the connection; its shard must be a <see cref="ThreadPoolShard"/>.</param>
    /// <param name="transport">The stream.</param>
    public StreamConnection(ConnectionSetup setup, StreamTransport transport)
        : base(setup)
    {
        ArgumentNullException.ThrowIfNull(transport);
        var shard = setup.Shard as ThreadPoolShard
            ?? throw new ArgumentException("The shard of a StreamConnection must be a ThreadPoolShard.", nameof(setup));
        _transport = transport;
        _logger = setup.Logger;
        if (setup.Role == Role.Client) ArgumentNullException.ThrowIfNull(setup.MaskingKeys);
        _maskingKeys = setup.MaskingKeys;
        _ontoShard = new ShardSwitch(shard);
        _writer = new StreamWriter(shard, transport.Stream, this);
    }

    /// <inheritdoc/>
    public override long QueuedBytes => _writer.Queue.Length;

    /// <inheritdoc/>
    internal override long UnsentBytes => _transport.UnsentBytes;

    /// <inheritdoc/>
    // Where the local side ends at once, waiting for the peer's end costs nothing, and RFC 6455 section 7.1.1 requires a
    // client to wait for the server's end. A pending read ends with the peer's side, or with the close time-out.
    protected override LingerPolicy Linger =>
        _isReading ? LingerPolicy.Always
        : !_transport.Lingers ? LingerPolicy.Never
        : _transport.BuffersWrites ? LingerPolicy.WhenNeeded : LingerPolicy.Always;

    /// <summary>
    /// Opens the connection and runs it to its end. When the task completes, all bytes that can be sent have been written to
    /// the stream, and the stream is no longer used: the caller ends it. Call it once, from any thread.
    /// </summary>
    public async Task RunAsync()
    {
        await _ontoShard;
        Open();
        await ReceiveAllAsync().ConfigureAwait(false);
        if (!_isGone || _writer.IsWriting)
        {
            _ended = new TaskCompletionSource();
            await _ended.Task.ConfigureAwait(false);
        }

        _shutdown?.Stop();
        // The caller's continuation must not run on the shard.
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
    protected override uint NextMaskingKey() => _maskingKeys!();

    /// <inheritdoc/>
    protected override void FlushTransport()
    {
        ResumeReceiving();
        StopWaitingForRoom();
        _writer.Mark();
    }

    /// <inheritdoc/>
    protected override void ShutdownSending()
    {
        if (_transport.BuffersWrites) (_shutdown ??= new ShutdownTimer(this)).Start();
        else _transport.ShutdownSending();
    }

    /// <inheritdoc/>
    protected override void EndTransport(bool inOrder)
    {
        _isGone = true;
        ResumeReceiving();
        StopWaitingForRoom();
        _writer.Stop();
        if (!inOrder) _transport.Abort();
        if (!_writer.IsWriting) _ended?.TrySetResult();
    }

    void IStreamWriterEvents.OnWritten()
    {
        OnSent();
        if (!IsHeldUp) StopWaitingForRoom();
    }

    void IStreamWriterEvents.OnDrained()
    {
        if (_isGone) _ended?.TrySetResult();
        else if (HasEnded) OnAllSent();
    }

    void IStreamWriterEvents.OnWriteFailed()
    {
        OnTransportFailed();
        _ended?.TrySetResult();
    }

    private void StopWaitingForRoom()
    {
        _writable?.TrySetResult();
        _writable = null;
    }

    /// <summary>Receives until the peer ends the transport, or its bytes are no longer relevant. On the shard before and after.</summary>
    private async Task ReceiveAllAsync()
    {
        while (!_isGone && (!HasEnded || IsLingering))
        {
            if (Obstacle() is { } obstacle)
            {
                await obstacle.ConfigureAwait(false);
                await _ontoShard;
                continue;
            }

            byte[]? buffer = null;
            try
            {
                _isReading = true;
                // A zero-byte read waits for bytes without holding memory for them.
                var ready = _transport.Stream.ReadAsync(Memory<byte>.Empty);
                // Bytes that have already arrived are processed in the next turn, so that the bytes that this one queued are
                // sent first.
                _ontoShard.Yields = ready.IsCompleted;
                await ready.ConfigureAwait(false);
                await _ontoShard;
                if (_isGone) return;

                buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
                var count = await _transport.Stream.ReadAsync(buffer).ConfigureAwait(false);
                await _ontoShard;
                _isReading = false;
                if (count == 0) OnPeerEnded();
                else Take(buffer.AsSpan(0, count));
                if (count == 0) return;
            }
            catch (Exception exception) when (StreamFailure.IsExpected(exception))
            {
                _ontoShard.Yields = false;
                await _ontoShard;
                _isReading = false;
                // Bytes that are queued with a close frame may still be sent.
                if (HasEnded) OnPeerEnded();
                else OnTransportFailed();
                return;
            }
            finally
            {
                if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>
    /// Returns the condition of the next read: the application's resume, or room in the send queue; null when there is none.
    /// </summary>
    private Task? Obstacle()
    {
        if (_resumed is not null) return _resumed.Task;
        // A peer that sends without reading gets backpressure from TCP, instead of filling the send queue with responses.
        if (!IsHeldUp || HasEnded) return null;
        _writable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _writable.Task;
    }

    private void Take(Span<byte> input)
    {
        try
        {
            Receive(input);
        }
#pragma warning disable CA1031 // A local defect must not be reported as a failure of the stream, and ends this connection only.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ConnectionLog.ConnectionWorkFailed(_logger, exception);
            Abort();
        }
    }

    /// <summary>
    /// Shuts down the sending side shortly after the last write: the stream is a pipe whose reader writes to the socket on
    /// another thread, and no event reports the completion of that write.
    /// </summary>
    private sealed class ShutdownTimer(StreamConnection connection) : ShardTimer
    {
        private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

        public void Start() => connection.Shard.Schedule(this, Delay);

        public void Stop() => connection.Shard.Cancel(this);

        protected override void OnDue() => connection._transport.ShutdownSending();
    }
}
