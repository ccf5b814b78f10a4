using Showcase.Sports.Matches;

namespace Showcase.Sports.Simulation;

/// <summary>A whole match before it is shown: the entries of its log, and its statistics, by milliseconds of play.</summary>
/// <param name="Log">The entries; the time of each counts from the kick-off.</param>
/// <param name="Stats">The statistics after each minute.</param>
internal sealed record MatchScript(IReadOnlyList<Incident> Log, IReadOnlyList<(long At, MatchStats Stats)> Stats)
{
    /// <summary>The time of the last entry.</summary>
    public long Duration => Log[^1].Time;

    /// <summary>Returns the statistics at a time; null before the end of the first minute, and without statistics.</summary>
    public MatchStats? StatsAt(long at) => Stats.LastOrDefault(row => row.At <= at).Stats;
}
