using Showcase.Hosting;

namespace Showcase.Waiting;

/// <summary>Limits the requests that wait for the same run at a time. Safe from any thread.</summary>
/// <param name="max">The maximum number of requests.</param>
internal sealed class Waiters(int max)
{
    /// <summary>The longest time for which a long poll waits, in seconds.</summary>
    public const int MaxSeconds = 25;

    private int _count;

    /// <summary>The response to a request that may not wait.</summary>
    public static IResult Refused { get; } =
        Refusal.Of(StatusCodes.Status429TooManyRequests, "Too many requests of this run are waiting: close some.");

    /// <summary>Counts one more request; false when there are too many.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= max) return true;
        Leave();
        return false;
    }

    /// <summary>Ends what <see cref="TryEnter"/> counted.</summary>
    public void Leave() => Interlocked.Decrement(ref _count);
}
