namespace Duplex.Messaging;

/// <summary>
/// Counts what a hub that stops waits for: connected clients, and calls of handlers that have not returned. Safe from
/// any thread.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The source has no timer and no wait handle, so nothing needs disposal.")]
internal sealed class OpenWork
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the hub itself, so that nothing ends before it stops.
    private int _count = 1;
    private int _isStopping;

    /// <summary>Whether the hub stops.</summary>
    public bool IsStopping => Volatile.Read(ref _isStopping) != 0;

    /// <summary>Is cancelled when the hub stops.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Completes when the hub stops and all work has ended.</summary>
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
