namespace Duplex.Messaging;

/// <summary>
/// The hub's clock: milliseconds that never go back, for time-outs, and the wall clock for what others read. Starts
/// at one, so that zero can stand for never.
/// </summary>
internal sealed class HubClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeProvider Time => time;

    public long Now => 1 + (long)time.GetElapsedTime(_start).TotalMilliseconds;

    public DateTimeOffset UtcNow => time.GetUtcNow();

    /// <summary>The moment on this clock at which the wall clock will show a time; at least now. Null gives 0, never.</summary>
    public long MomentOf(DateTimeOffset? expiry) =>
        expiry is { } at ? Now + Math.Max(0, (long)(at - UtcNow).TotalMilliseconds) : 0;
}
