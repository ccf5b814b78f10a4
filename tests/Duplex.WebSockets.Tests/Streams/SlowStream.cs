using System.Threading.Channels;
using Duplex.WebSockets.Streams;

namespace Duplex.WebSockets.Tests.Streams;

/// <summary>The stream of a peer that sends nothing, and takes the bytes of a write only when the test lets it.</summary>
internal sealed class SlowStream : DuplexStream
{
    private readonly Channel<int> _writes = Channel.CreateUnbounded<int>();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _taken = new();
    private int _rest;

    /// <summary>Waits for the next write and returns its length.</summary>
    public ValueTask<int> NextWriteAsync() => _writes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>The peer takes bytes of the current write.</summary>
    /// <returns>Whether the write has completed.</returns>
    public bool Take(int count)
    {
        _rest -= count;
        if (_rest > 0) return false;
        _taken.SetResult();
        return true;
    }

    public void Abort() => _aborted.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _aborted.Task;
        throw new IOException("aborted");
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rest = buffer.Length;
        _writes.Writer.TryWrite(buffer.Length);
        await Task.WhenAny(_taken.Task, _aborted.Task);
        if (!_taken.Task.IsCompleted) throw new IOException("aborted");
    }
}
