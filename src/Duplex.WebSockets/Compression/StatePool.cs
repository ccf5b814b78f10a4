using System.Collections.Concurrent;

namespace Duplex.WebSockets.Compression;

/// <summary>
/// Native states that no message is using. Bounded: what does not fit is freed at once. Safe from any thread.
/// </summary>
internal sealed class StatePool<T>(Func<T> create)
    where T : ZlibState
{
    // As many as can be in use at once where messages are compressed in one go, and a few for those under way.
    private static readonly int MaxIdle = Math.Max(4, 2 * Environment.ProcessorCount);

    private readonly ConcurrentQueue<T> _idle = new();
    private int _count;

    public T Rent()
    {
        if (!_idle.TryDequeue(out var state)) return create();
        Interlocked.Decrement(ref _count);
        return state;
    }

    /// <summary>Takes a state that holds nothing of the message it was used for.</summary>
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
