namespace Duplex.Messaging;

/// <summary>
/// Counts the work that a stopping hub waits for: connected clients, and calls of handlers that have not returned. Safe from
/// any thread.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The source has no timer and no wait handle, so nothing needs disposal.")]
internal sealed class OpenWork
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the hub itself, so that the count does not reach zero before the hub stops.
    private int _count = 1;
    private int _isStopping;

    /// <summary>Whether the hub is stopping.</summary>
    public bool IsStopping => Volatile.Read(ref _isStopping) != 0;

    /// <summary>Cancelled when the hub stops.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Completes when the hub is stopping and all work has ended.</summary>
    public Task Ended => _ended.Task;

    public void Begin() => Interlocked.Increment(ref _count);

    public void End()
    {
        if (Interlocked.Decrement(ref _count) == 0) _ended.TrySetResult();
    }

    public void Stop()
    {
        if (Interlocked.Exchange(ref _isStopping, 1) != 0) return;
        _ = _stopping.CancelAsync();
        End();
    }
}
