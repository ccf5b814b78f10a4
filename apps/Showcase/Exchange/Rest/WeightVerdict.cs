namespace Showcase.Exchange.Rest;

/// <summary>The verdict on a call of an address.</summary>
/// <param name="Outcome">Whether the call is allowed.</param>
/// <param name="Used">The weight that the address has used in this minute.</param>
/// <param name="Until">The Unix time in milliseconds until which calls are refused.</param>
/// <param name="Now">The current time.</param>
internal readonly record struct WeightVerdict(WeightOutcome Outcome, int Used, long Until, long Now)
{
    /// <summary>The time to wait in seconds, at least one.</summary>
    public long RetryAfter => Math.Max(1, (Until - Now + 999) / 1000);
}
