namespace Showcase.Visitors;

/// <summary>How often a client may call: a bucket that refills steadily. Safe from any thread.</summary>
public sealed class RequestBudget(TimeProvider time, int burst, int perSecond)
{
    private readonly Lock _lock = new();
    private long _refilled = time.GetTimestamp();
    private double _left = burst;

    /// <summary>Takes one call from the budget; false when it is used up.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(burst, _left + (time.GetElapsedTime(_refilled, now).TotalSeconds * perSecond));
            _refilled = now;
            if (_left < 1) return false;
            _left--;
            return true;
        }
    }
}
