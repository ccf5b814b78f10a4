namespace Showcase.Waiting;

/// <summary>Lets a loop wait while nobody watches what it publishes. Safe from any thread; one loop waits.</summary>
/// <param name="time">The time.</param>
/// <param name="grace">
/// The time for which whoever wakes the loop counts as a watcher: a subscriber is counted a moment after its handler, and a page
/// whose line was cut finds everything as it was.
/// </param>
/// <param name="isWatched">Returns whether anybody watches.</param>
internal sealed class Watch(TimeProvider time, TimeSpan grace, Func<bool> isWatched)
{
    private readonly Pulse _woken = new();
    private long _awakeUntil;
    private bool _isIdle;

    /// <summary>Whether the loop waits, because nobody watches.</summary>
    public bool IsIdle => Volatile.Read(ref _isIdle);

    /// <summary>Continues the loop when it waits. The caller watches from now on.</summary>
    public void Wake()
    {
        Volatile.Write(ref _awakeUntil, Now + (long)grace.TotalMilliseconds);
        _woken.Give();
    }

    /// <summary>Waits until somebody watches.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var woken = _woken.Next;
        if (Now < Volatile.Read(ref _awakeUntil) || isWatched()) return;
        Volatile.Write(ref _isIdle, true);
        await woken.WaitAsync(cancellationToken);
        Volatile.Write(ref _isIdle, false);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
