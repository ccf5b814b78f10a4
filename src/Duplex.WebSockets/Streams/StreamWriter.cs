using System.Runtime.CompilerServices;
using Duplex.Execution;
using Duplex.WebSockets.Sending;

namespace Duplex.WebSockets.Streams;

/// <summary>Writes a connection's queue to its stream at the end of a turn, with one write in flight at a time.</summary>
internal sealed class StreamWriter : ITurnEnd, IShardWork
{
    // Every completed write is progress of the peer, which postpones the ping time-out: 256 KiB within the default time-out
    // is 32 KiB/s.
    private const int MaxWriteBytes = 256 * 1024;

    private readonly ThreadPoolShard _shard;
    private readonly Stream _stream;
    private readonly IStreamWriterEvents _events;
    private readonly Action _onWritten;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _pending;
    private int _writtenBytes;
    private bool _isMarked;
    private bool _isStopped;

    public StreamWriter(ThreadPoolShard shard, Stream stream, IStreamWriterEvents events)
    {
        _shard = shard;
        _stream = stream;
        _events = events;
        _onWritten = () => _shard.Post(this);
    }

    public SendQueue Queue { get; } = new();

    /// <summary>Whether the stream still reads from the queue's memory.</summary>
    public bool IsWriting { get; private set; }

    /// <summary>Schedules a write for the end of the turn, after bytes were queued.</summary>
    public void Mark()
    {
        if (_isMarked || IsWriting || _isStopped) return;
        _isMarked = true;
        _shard.AtTurnEnd(this);
    }

    /// <summary>Stops writing and releases the queue, at once or when the write in flight has ended.</summary>
    public void Stop()
    {
        _isStopped = true;
        if (!IsWriting) Queue.Clear();
    }

    public void OnTurnEnd()
    {
        _isMarked = false;
        if (!IsWriting) WriteAll();
    }

    // The write in flight has completed.
    void IShardWork.Run()
    {
        IsWriting = false;
        if (TryFinish(_pending)) WriteAll();
    }

    private void WriteAll()
    {
        while (!_isStopped && Queue.TryPeek(MaxWriteBytes, out var bytes))
        {
            _writtenBytes = bytes.Length;
            ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter write;
            try
            {
#pragma warning disable CA2012 // Its result is consumed once: here when the write has completed, else in Run.
                write = _stream.WriteAsync(bytes).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
            }
            catch (Exception exception) when (StreamFailure.IsExpected(exception))
            {
                _events.OnWriteFailed();
                return;
            }

            if (!write.IsCompleted)
            {
                _pending = write;
                IsWriting = true;
                write.UnsafeOnCompleted(_onWritten);
                return;
            }

            if (!TryFinish(write)) return;
        }

        _events.OnDrained();
    }

    private bool TryFinish(ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter write)
    {
        try
        {
            write.GetResult();
        }
        catch (Exception exception) when (StreamFailure.IsExpected(exception))
        {
            _events.OnWriteFailed();
            return false;
        }

        if (_isStopped)
        {
            Queue.Clear();
            _events.OnDrained();
            return false;
        }

        Queue.Consume(_writtenBytes);
        _events.OnWritten();
        return true;
    }
}
