namespace Showcase.Waiting;

/// <summary>
/// A signal that is given many times: each time it completes the task of all who wait then. Who reads a condition and
/// <see cref="Next"/> under the lock under which the condition changes and the signal is given misses none. Safe from any thread.
/// </summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>A task that completes with the next signal.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Gives the signal. What waits continues on the thread pool.</summary>
    public void Give() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
