namespace Showcase.Sports.Matches;

/// <summary>The laws of the game, as far as incidents obey them. Each method returns a sentence about what an incident breaks, or null.</summary>
internal static class MatchRules
{
    private const int MaxSubstitutions = 5, MaxStoppage = 30, ShootOutKicks = 5;

    /// <summary>Whether a video review may concern the incident.</summary>
    public static bool IsReviewable(IncidentType type) =>
        type is IncidentType.Goal or IncidentType.OwnGoal or IncidentType.Penalty or IncidentType.Red;

    /// <summary>Checks an incident that follows those of a state.</summary>
    public static string? Problem(MatchInfo info, MatchState state, IncidentDraft draft)
    {
        if (state.Phase == Phase.FullTime) return "The match is over.";
        if (draft.Added is not null && draft.Type != IncidentType.Stoppage) return "Only stoppage time has added minutes.";
        if (draft.Type is IncidentType.Phase or IncidentType.Stoppage && (draft.Side ?? draft.Player ?? draft.Other) is not null) return "Phases and stoppage time belong to no team.";
        if (draft.Type == IncidentType.Phase) return PhaseProblem(info, state, draft.Phase);
        if (!state.Phase.IsPlayed()) return "The match is not being played: begin the next phase first.";
        if (draft.Type == IncidentType.Stoppage)
            return draft.Added is >= 1 and <= MaxStoppage ? null : $"added must be 1 to {MaxStoppage} minutes of stoppage time.";
        if (draft.Side is not (0 or 1)) return "side must be 0 for the team at home or 1 for the other one.";
        var side = draft.Side.Value;
        if (draft.Player is not { } player || info.Team(side).Find(player) is null) return "player must be the shirt number of a player of the team.";
        if (!state.OnPitch(side).Contains(player)) return $"Number {player} is not on the pitch.";
        var isKick = draft.Type is IncidentType.ShootOutGoal or IncidentType.ShootOutMiss;
        if (isKick != (state.Phase == Phase.ShootOut)) return isKick ? "The shoot-out has not begun." : "Only kicks follow the beginning of the shoot-out.";
        if (draft.Other is not null && draft.Type is not (IncidentType.Goal or IncidentType.Substitution)) return "other belongs to goals and substitutions.";
        return draft.Type switch
        {
            IncidentType.ShootOutGoal or IncidentType.ShootOutMiss => KickProblem(state, side),
            IncidentType.Substitution => SubstitutionProblem(state, side, draft.Other),
            IncidentType.Yellow when state.IsBooked(side, player) => $"Number {player} has a yellow card: a further one is the second.",
            IncidentType.SecondYellow when !state.IsBooked(side, player) => $"Number {player} has no yellow card.",
            IncidentType.Goal when draft.Other is { } assist && (assist == player || !state.OnPitch(side).Contains(assist)) =>
                "The assist must come from another player on the pitch.",
            _ => null,
        };
    }

    /// <summary>Checks a correction.</summary>
    public static string? CorrectionProblem(MatchState state, Incident? incident, IncidentState next)
    {
        if (state.Phase == Phase.FullTime) return "The match is over.";
        if (incident is null) return "of must be the id of an incident of the match.";
        if (!IsReviewable(incident.Type)) return "Only goals, penalties and red cards are reviewed.";
        if (next == IncidentState.UnderReview) return incident.State == IncidentState.Active ? null : "The incident is not active.";
        return incident.State == IncidentState.UnderReview ? null : "The incident is not under review.";
    }

    /// <summary>Whether the shoot-out has a winner.</summary>
    public static bool IsDecided(MatchState state)
    {
        var (home, away) = (state.ShootOut[0], state.ShootOut[1]);
        var (homeLeft, awayLeft) = (ShootOutKicks - state.Kicks[0], ShootOutKicks - state.Kicks[1]);
        return homeLeft < 0 || awayLeft < 0
            ? state.Kicks[0] == state.Kicks[1] && home != away
            : home > away + awayLeft || away > home + homeLeft;
    }

    private static string? PhaseProblem(MatchInfo info, MatchState state, Phase? next)
    {
        var isDrawn = info.IsCup && state.Score[0] == state.Score[1];
        var isNext = (state.Phase, next) switch
        {
            (Phase.NotStarted, Phase.FirstHalf) or (Phase.FirstHalf, Phase.HalfTime) or (Phase.HalfTime, Phase.SecondHalf) => true,
            (Phase.SecondHalf, Phase.FullTime) or (Phase.SecondExtraHalf, Phase.FullTime) => !isDrawn,
            (Phase.SecondHalf, Phase.ExtraTimeBreak) or (Phase.SecondExtraHalf, Phase.ShootOut) => isDrawn,
            (Phase.ExtraTimeBreak, Phase.FirstExtraHalf) or (Phase.FirstExtraHalf, Phase.ExtraHalfTime) => true,
            (Phase.ExtraHalfTime, Phase.SecondExtraHalf) => true,
            (Phase.ShootOut, Phase.FullTime) => IsDecided(state),
            _ => false,
        };
        if (!isNext) return "This phase does not follow the current one.";

        // The result decides how the match goes on, so it must stand. A break may begin during a review.
        return state.IsReviewing && state.Phase is Phase.SecondHalf or Phase.SecondExtraHalf ? "Decide the review first." : null;
    }

    private static string? KickProblem(MatchState state, int side) =>
        IsDecided(state) ? "The shoot-out is decided."
        : state.Kicks[side] > state.Kicks[1 - side] ? "The teams kick in turn."
        : null;

    private static string? SubstitutionProblem(MatchState state, int side, int? entering)
    {
        var most = MaxSubstitutions + (state.Phase.IsExtra() ? 1 : 0);
        if (state.Substitutions[side] >= most) return $"A team may replace {most} players.";
        return entering is { } other && state.Bench(side).Contains(other) ? null : "other must be the shirt number of a player on the bench.";
    }
}
