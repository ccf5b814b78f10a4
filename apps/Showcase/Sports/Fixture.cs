using Showcase.Sports.Matches;
using Showcase.Sports.Simulation;

namespace Showcase.Sports;

/// <summary>A match in the list, with the source of its entries.</summary>
internal class Fixture(Match match, MatchScript? script = null)
{
    /// <summary>The match as far as it has been shown.</summary>
    public Match Match { get; } = match;

    /// <summary>Whether the match is over.</summary>
    public bool IsOver => Match.State.Phase == Phase.FullTime;

    /// <summary>The time of the next entry; null when none is known.</summary>
    public long? NextAt => script is not null && Match.Log.Count < script.Log.Count ? TimeOf(script.Log[Match.Log.Count].Time) : null;

    /// <summary>The time of the last entry of a simulated match.</summary>
    public long EndsAt => TimeOf(script!.Duration);

    /// <summary>Appends the next entry when it is due, and returns it.</summary>
    public Incident? TakeDue(long now) =>
        NextAt is { } at && at <= now ? Match.Append(script!.Log[Match.Log.Count] with { Time = at }) : null;

    /// <summary>Returns the statistics at a time; null when the match has none yet, or none at all.</summary>
    public MatchStats? StatsAt(long now) => script?.StatsAt((long)((now - Match.Info.KickOff) * Match.Info.Rate));

    private long TimeOf(long played) => Match.Info.KickOff + (long)(played / Match.Info.Rate);
}
