namespace Showcase.Sports.Matches;

/// <summary>The minutes of the phases.</summary>
internal static class PhaseClock
{
    private const int MillisecondsPerMinute = 60_000;

    /// <summary>Whether the clock runs, or kicks are taken.</summary>
    public static bool IsPlayed(this Phase phase) =>
        phase is Phase.FirstHalf or Phase.SecondHalf or Phase.FirstExtraHalf or Phase.SecondExtraHalf or Phase.ShootOut;

    /// <summary>Whether the phase belongs to extra time or follows it.</summary>
    public static bool IsExtra(this Phase phase) => phase is > Phase.SecondHalf and < Phase.FullTime;

    /// <summary>Returns the minute of a time in a phase. Beyond the last minute of the phase, the rest is stoppage time: 45+2.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="played">The time since the phase began, in milliseconds of play.</param>
    public static (int Minute, int Extra) At(Phase phase, double played)
    {
        var (from, to) = Minutes(phase);
        if (from == to) return (to, 0);
        var minute = from + (int)(Math.Max(0, played) / MillisecondsPerMinute) + 1;
        return minute <= to ? (minute, 0) : (to, minute - to);
    }

    private static (int From, int To) Minutes(Phase phase) => phase switch
    {
        Phase.NotStarted => (0, 0),
        Phase.FirstHalf => (0, 45),
        Phase.HalfTime => (45, 45),
        Phase.SecondHalf => (45, 90),
        Phase.ExtraTimeBreak => (90, 90),
        Phase.FirstExtraHalf => (90, 105),
        Phase.ExtraHalfTime => (105, 105),
        Phase.SecondExtraHalf => (105, 120),
        _ => (120, 120),
    };
}
