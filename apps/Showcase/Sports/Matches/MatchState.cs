namespace Showcase.Sports.Matches;

/// <summary>
/// The state of a match: a fold of its incidents. Every derived number comes from <see cref="Apply"/>, so a cancelled
/// incident, which it skips, leaves no trace in any of them.
/// </summary>
internal sealed class MatchState
{
    private readonly HashSet<int>[] _onPitch, _bench;
    private readonly HashSet<int>[] _booked = [[], []];

    private MatchState(MatchInfo info)
    {
        Team[] teams = [info.Home, info.Away];
        _onPitch = [.. teams.Select(static team => team.Players.Take(Team.Starters).Select(static player => player.Number).ToHashSet())];
        _bench = [.. teams.Select(static team => team.Players.Skip(Team.Starters).Select(static player => player.Number).ToHashSet())];
    }

    /// <summary>The current phase.</summary>
    public Phase Phase { get; private set; }

    /// <summary>The time at which the phase began, in Unix milliseconds.</summary>
    public long PhaseTime { get; private set; }

    /// <summary>The goals by side, without those of the shoot-out.</summary>
    public int[] Score { get; } = [0, 0];

    /// <summary>The goals of the shoot-out by side.</summary>
    public int[] ShootOut { get; } = [0, 0];

    /// <summary>The kicks of the shoot-out by side.</summary>
    public int[] Kicks { get; } = [0, 0];

    /// <summary>The players sent off by side.</summary>
    public int[] Reds { get; } = [0, 0];

    /// <summary>The substitutions by side.</summary>
    public int[] Substitutions { get; } = [0, 0];

    /// <summary>Whether an incident is under review.</summary>
    public bool IsReviewing { get; private set; }

    /// <summary>The shirt numbers of the players on the pitch.</summary>
    public IReadOnlySet<int> OnPitch(int side) => _onPitch[side];

    /// <summary>The shirt numbers of the players who may enter.</summary>
    public IReadOnlySet<int> Bench(int side) => _bench[side];

    /// <summary>Whether a player has a yellow card.</summary>
    public bool IsBooked(int side, int player) => _booked[side].Contains(player);

    /// <summary>Returns the state after incidents, each in its latest revision, in the order of their ids.</summary>
    public static MatchState Of(MatchInfo info, IEnumerable<Incident> incidents)
    {
        var state = new MatchState(info);
        foreach (var incident in incidents) state.Apply(incident);
        return state;
    }

    /// <summary>Applies an incident that follows all others.</summary>
    public void Apply(Incident incident)
    {
        if (incident.State == IncidentState.Cancelled) return;
        IsReviewing |= incident.State == IncidentState.UnderReview;
        var (side, player) = (incident.Side ?? 0, incident.Player ?? 0);
        switch (incident.Type)
        {
            case IncidentType.Phase:
                (Phase, PhaseTime) = (incident.Period, incident.Time);
                break;
            case IncidentType.Goal or IncidentType.Penalty:
                Score[side]++;
                break;
            case IncidentType.OwnGoal:
                Score[1 - side]++;
                break;
            case IncidentType.ShootOutGoal:
                Kicks[side]++;
                ShootOut[side]++;
                break;
            case IncidentType.ShootOutMiss:
                Kicks[side]++;
                break;
            case IncidentType.Yellow:
                _booked[side].Add(player);
                break;
            case IncidentType.SecondYellow or IncidentType.Red:
                Reds[side]++;
                _onPitch[side].Remove(player);
                break;
            case IncidentType.Substitution:
                Substitutions[side]++;
                _onPitch[side].Remove(player);
                _bench[side].Remove(incident.Other ?? 0);
                _onPitch[side].Add(incident.Other ?? 0);
                break;
        }
    }
}
