namespace Showcase.Visitors;

/// <summary>The remaining allowance of one party: a token bucket per act. Safe from any thread.</summary>
public sealed class Allowance
{
    private readonly TimeProvider _time;
    private readonly Rates _rates;
    private readonly Lock _lock = new();
    private readonly double[] _left = new double[Enum.GetValues<Act>().Length];
    private long _refilled;

    /// <summary>Creates an allowance with full buckets.</summary>
    public Allowance(TimeProvider time, Rates rates)
    {
        (_time, _rates, _refilled) = (time, rates, time.GetTimestamp());
        for (var i = 0; i < _left.Length; i++) _left[i] = rates[(Act)i].Burst;
    }

    /// <summary>Whether every bucket is full, so that the allowance equals a new one.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                Refill();
                for (var i = 0; i < _left.Length; i++)
                    if (_left[i] < _rates[(Act)i].Burst) return false;
                return true;
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
            ref var left = ref _left[(int)act];
            wait = left >= amount ? TimeSpan.Zero : TimeSpan.FromSeconds((amount - left) / _rates[act].PerSecond);
            if (left < amount) return false;
            left -= amount;
            return true;
        }
    }

    private void Refill()
    {
        var now = _time.GetTimestamp();
        var seconds = _time.GetElapsedTime(_refilled, now).TotalSeconds;
        _refilled = now;
        for (var i = 0; i < _left.Length; i++)
        {
            var rate = _rates[(Act)i];
            _left[i] = Math.Min(rate.Burst, _left[i] + (seconds * rate.PerSecond));
        }
    }
}
