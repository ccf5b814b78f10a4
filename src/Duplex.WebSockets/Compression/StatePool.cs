using System.Collections.Concurrent;

namespace Duplex.WebSockets.Compression;

/// <summary>
/// Represents a bounded pool of native states that no message uses; a state that exceeds the bound is freed at once. Safe
/// from any thread.
/// </summary>
internal sealed class StatePool<T>(Func<T> create)
    where T : ZlibState
{
    // The number of states in use at once when messages are compressed in one call, and a few more for messages in progress.
    private static readonly int MaxIdle = Math.Max(4, 2 * Environment.ProcessorCount);

    private readonly ConcurrentQueue<T> _idle = new();
    private int _count;

    public T Rent()
    {
        if (!_idle.TryDequeue(out var state)) return create();
        Interlocked.Decrement(ref _count);
        return state;
    }

    /// <summary>Returns a state to the pool. It must hold no data of its last message.</summary>
    public void Return(T state)
    {
        if (Interlocked.Increment(ref _count) <= MaxIdle)
        {
            _idle.Enqueue(state);
            return;
        }

        Interlocked.Decrement(ref _count);
        state.Dispose();
    }
}
