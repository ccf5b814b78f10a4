namespace Duplex.Messaging;

/// <summary>
/// The hub's clock: monotonic milliseconds for time-outs, and the wall clock for times that others read. Starts
/// at one, so that zero can mean never.
/// </summary>
internal sealed class HubClock(TimeProvider time)
{
    /// <summary>Limit: time until a connection or subscription expires; later expiries are reduced to this.</summary>
    private static readonly TimeSpan MaxLife = TimeSpan.FromDays(365);

    private readonly long _start = time.GetTimestamp();

    public TimeProvider Time => time;

    public long Now => 1 + (time.GetElapsedTime(_start).Ticks / TimeSpan.TicksPerMillisecond);

    public DateTimeOffset UtcNow => time.GetUtcNow();

    /// <summary>Converts a wall-clock expiry to this clock: at least now, at most a year from now. Null returns 0, never.</summary>
    public long MomentOf(DateTimeOffset? expiry) =>
        expiry is { } at ? Now + Math.Max(0, (long)LifeUntil(at).TotalMilliseconds) : 0;

    /// <summary>Converts an expiry to the seconds that clients receive: at least 1, at most a year. Null returns 0, never.</summary>
    public uint TtlOf(DateTimeOffset? expiry) => expiry is { } at ? (uint)Math.Max(1, LifeUntil(at).TotalSeconds) : 0;

    /// <summary>Whether an expiry has passed.</summary>
    public bool IsOver(DateTimeOffset? expiry) => expiry <= UtcNow;

    private TimeSpan LifeUntil(DateTimeOffset expiry) => TimeSpan.FromTicks(Math.Min((expiry - UtcNow).Ticks, MaxLife.Ticks));
}
