namespace Showcase.Lab;

/// <summary>The settings of a run.</summary>
/// <param name="PerSecond">The mean rate of events. From 0.1 to 20; default 0.5.</param>
/// <param name="IsRandom">Whether the time between events is random (a Poisson process) instead of constant.</param>
/// <param name="PayloadBytes">The number of bytes of padding in each event. From 0 to 16,384, and 10,000 a second; default 0.</param>
/// <param name="Seconds">The duration of the run. From 1 to 600; default 600.</param>
public sealed record LabSettings(double? PerSecond, bool? IsRandom, int? PayloadBytes, int? Seconds)
{
    private const double MinPerSecond = 0.1, MaxPerSecond = 20;
    private const int MaxPayloadBytes = 16 * 1024, MaxSeconds = 600;

    // The history holds at most the padding of its ten minutes: 6 MB for each run.
    private const int MaxPaddingPerSecond = 10_000;
    private const double DefaultPerSecond = 0.5;

    /// <summary>The time after which a paused run ends.</summary>
    internal static TimeSpan LongestPause { get; } = TimeSpan.FromSeconds(MaxSeconds);

    /// <summary>The duration of the run.</summary>
    internal TimeSpan Duration => TimeSpan.FromSeconds(Seconds ?? MaxSeconds);

    /// <summary>The mean time between two events.</summary>
    internal TimeSpan Interval => TimeSpan.FromSeconds(1 / (PerSecond ?? DefaultPerSecond));

    /// <summary>Returns the fault of a value that is out of its range, as a sentence, or null.</summary>
    public string? Fault() =>
        PerSecond is < MinPerSecond or > MaxPerSecond or double.NaN ? "perSecond is out of range: 0.1 to 20."
        : PayloadBytes is < 0 or > MaxPayloadBytes ? $"payloadBytes is out of range: 0 to {MaxPayloadBytes}."
        : PayloadBytes * (PerSecond ?? DefaultPerSecond) > MaxPaddingPerSecond ? "payloadBytes times perSecond is out of range: 0 to 10000."
        : Seconds is < 1 or > MaxSeconds ? $"seconds is out of range: 1 to {MaxSeconds}."
        : null;

    /// <summary>Returns the time until the next event.</summary>
    internal TimeSpan Pause(Random random) => IsRandom == true ? -Math.Log(1 - random.NextDouble()) * Interval : Interval;
}
