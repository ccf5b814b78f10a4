namespace Showcase.Visitors;

/// <summary>The remaining allowance of one party: a token bucket per act. Safe from any thread.</summary>
public sealed class Allowance(TimeProvider time, Rates rates)
{
    private readonly Lock _lock = new();

    // Only the buckets that are not full: most parties use few acts, and an idle one none.
    private readonly List<Bucket> _used = [];

    /// <summary>Whether every bucket is full, so that the allowance equals a new one.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                Refill();
                return _used.Count == 0;
            }
        }
    }

    /// <summary>Takes an amount from an act's bucket, or takes nothing and returns false when the bucket holds too little.</summary>
    /// <param name="act">The act.</param>
    /// <param name="amount">The amount to take.</param>
    /// <param name="wait">On false, the time until the bucket holds enough.</param>
    public bool TryTake(Act act, int amount, out TimeSpan wait)
    {
        lock (_lock)
        {
            Refill();
            var index = _used.FindIndex(bucket => bucket.Act == act);
            var rate = rates[act];
            var left = index < 0 ? rate.Burst : _used[index].Left;
            wait = left >= amount ? TimeSpan.Zero : TimeSpan.FromSeconds((amount - left) / rate.PerSecond);
            if (left < amount) return false;
            var bucket = new Bucket(act, left - amount, time.GetTimestamp());
            if (index < 0) _used.Add(bucket);
            else _used[index] = bucket;
            return true;
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        for (var i = _used.Count - 1; i >= 0; i--)
        {
            var (act, left, at) = _used[i];
            left += time.GetElapsedTime(at, now).TotalSeconds * rates[act].PerSecond;
            if (left >= rates[act].Burst) _used.RemoveAt(i);
            else _used[i] = new(act, left, now);
        }
    }

    private readonly record struct Bucket(Act Act, double Left, long At);
}
