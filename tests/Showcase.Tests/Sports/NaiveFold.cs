using Showcase.Sports.Matches;

namespace Showcase.Tests.Sports;

/// <summary>A second, plain derivation of a match from the entries of its log, with which the state is compared.</summary>
internal static class NaiveFold
{
    /// <summary>The goals by side.</summary>
    public static int[] Score(IEnumerable<Incident> log)
    {
        var counted = Latest(log).ToList();
        return [.. Enumerable.Range(0, 2).Select(side =>
            counted.Count(incident => incident.Side == side && incident.Type is IncidentType.Goal or IncidentType.Penalty && incident.Side == side)
            + counted.Count(incident => incident.Type == IncidentType.OwnGoal && incident.Side == 1 - side))];
    }

    /// <summary>The incidents that count, each in its latest revision.</summary>
    public static IEnumerable<Incident> Latest(IEnumerable<Incident> log) => log
        .GroupBy(static entry => entry.Id)
        .Select(static revisions => revisions.MaxBy(static entry => entry.Revision)!)
        .Where(static incident => incident.State != IncidentState.Cancelled)
        .OrderBy(static incident => incident.Id);

    /// <summary>The shirt numbers on the pitch.</summary>
    public static HashSet<int> OnPitch(MatchInfo info, IEnumerable<Incident> log, int side)
    {
        var onPitch = info.Team(side).Players.Take(Team.Starters).Select(static player => player.Number).ToHashSet();
        foreach (var incident in Latest(log).Where(incident => incident.Side == side))
        {
            if (incident.Type is not (IncidentType.Substitution or IncidentType.Red or IncidentType.SecondYellow)) continue;
            onPitch.Remove(incident.Player!.Value);
            if (incident.Other is { } entering && incident.Type == IncidentType.Substitution) onPitch.Add(entering);
        }

        return onPitch;
    }
}
