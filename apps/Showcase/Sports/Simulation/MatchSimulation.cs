using Showcase.Sports.Matches;

namespace Showcase.Sports.Simulation;

/// <summary>
/// Plays a match by the rules that bind every other match too. The same seed makes the same match. Play stops during a
/// review; one that begins in stoppage time of the first half may be decided after the next kick-off.
/// </summary>
internal sealed class MatchSimulation
{
    private const long Second = 1000, Minute = 60 * Second;
    private const double ShotsPerMinute = 0.13, OnTarget = 0.36, GoalOfOnTarget = 0.3, Penalties = 0.0016, PenaltyGoals = 0.77;
    private const double Fouls = 0.13, YellowOfFoul = 0.16, Reds = 0.0007, Corners = 0.055, Reviewed = 0.12, CancelledOfReviewed = 0.55;

    private static readonly string[] Reasons = ["offside", "handball before the goal", "foul before the goal"];

    private readonly Random _random;
    private readonly Match _match;
    private readonly double[] _strength;
    private readonly StatsRecorder _stats = new();
    private readonly Queue<(long At, int Of, IncidentState Next)> _decisions = [];
    private long _at, _quietUntil, _lost;
    private double _pressure;

    private MatchSimulation(MatchInfo info, int seed)
    {
        _random = new Random(seed);
        _match = new("", info with { Rate = 1 });
        var gap = _random.NextDouble() - 0.45;
        _strength = [1 + gap, 1 - gap];
    }

    /// <summary>Plays a match between the teams of the info.</summary>
    public static MatchScript Play(MatchInfo info, int seed)
    {
        var simulation = new MatchSimulation(info, seed);
        simulation.PlayMatch();
        return new([.. simulation._match.Log], simulation._stats.Rows);
    }

    private bool IsDrawn => _match.Info.IsCup && _match.State.Score[0] == _match.State.Score[1];

    private void PlayMatch()
    {
        PlayHalf(Phase.FirstHalf, 45);
        Break(Phase.HalfTime, 15);
        PlayHalf(Phase.SecondHalf, 45);
        if (IsDrawn)
        {
            Break(Phase.ExtraTimeBreak, 5);
            PlayHalf(Phase.FirstExtraHalf, 15);
            Break(Phase.ExtraHalfTime, 2);
            PlayHalf(Phase.SecondExtraHalf, 15);
        }

        if (IsDrawn) Kick();
        Begin(Phase.FullTime);
    }

    private void Break(Phase phase, int minutes)
    {
        Begin(phase);
        _at += minutes * Minute;
    }

    private void Begin(Phase phase)
    {
        Decide(_at);
        _match.Add(new(IncidentType.Phase, Phase: phase), _at);
    }

    private void PlayHalf(Phase phase, int minutes)
    {
        Begin(phase);
        var (begin, total) = (_at, minutes);
        _lost = 0;
        for (var minute = 0; minute < total; minute++)
        {
            if (minute == minutes - 1) total += Math.Min(12, 1 + _random.Next(2) + (int)(_lost / Minute));
            PlayMinute(begin + (minute * Minute), minute == minutes - 1 ? total - minutes : null);
        }

        _at = begin + (total * Minute) + _random.Next(40) * Second;
        if (phase is Phase.SecondHalf or Phase.SecondExtraHalf) _at = Math.Max(_at, _quietUntil);
        Decide(_at);
    }

    private void PlayMinute(long begin, int? stoppage)
    {
        _pressure = (_pressure * 0.8) + ((_strength[0] - _strength[1]) * 6) + ((_random.NextDouble() - 0.5) * 50) - ((_match.State.Reds[0] - _match.State.Reds[1]) * 8);
        var draws = new List<(long At, int Side, Action<long, int> Act)>();
        for (var side = 0; side < 2; side++)
        {
            var push = Math.Max(0.2, _strength[side] + (_pressure * (side == 0 ? 0.006 : -0.006)));
            Draw(draws, begin, side, ShotsPerMinute * push, Shoot);
            Draw(draws, begin, side, Penalties * push, TakePenalty);
            Draw(draws, begin, side, Corners * push, (_, corner) => _stats.Corner(corner));
            Draw(draws, begin, side, Fouls, Foul);
            Draw(draws, begin, side, Reds, (at, fouling) => Card(IncidentType.Red, at, fouling));
            Draw(draws, begin, side, SubstitutionRate(side), Replace);
        }

        if (stoppage is { } added) draws.Add((begin + Minute - Second, 0, (at, _) => _match.Add(new(IncidentType.Stoppage, Added: added), at)));
        foreach (var (at, side, act) in draws.OrderBy(static draw => draw.At))
        {
            Decide(at);
            if (at >= _quietUntil || stoppage is not null && at == begin + Minute - Second) act(at, side);
        }

        _stats.Minute(begin + Minute, Math.Clamp((int)_pressure, -100, 100));
    }

    private void Draw(List<(long, int, Action<long, int>)> draws, long begin, int side, double chance, Action<long, int> act)
    {
        if (_random.NextDouble() < chance) draws.Add((begin + _random.Next(59) * Second, side, act));
    }

    private double SubstitutionRate(int side)
    {
        var state = _match.State;
        if (state.Substitutions[side] >= 5) return 0;
        return state.Phase == Phase.FirstHalf ? 0.002 : 0.075;
    }

    private void Shoot(long at, int side)
    {
        var isOnTarget = _random.NextDouble() < OnTarget;
        _stats.Shot(side, isOnTarget);
        if (!isOnTarget || _random.NextDouble() >= GoalOfOnTarget) return;
        var isOwn = _random.NextDouble() < 0.03;
        var scorer = Pick(isOwn ? 1 - side : side);
        int? assist = isOwn || _random.NextDouble() < 0.3 ? null : Pick(side);
        Scored(at, new(isOwn ? IncidentType.OwnGoal : IncidentType.Goal, isOwn ? 1 - side : side, scorer, assist == scorer ? null : assist));
    }

    private void TakePenalty(long at, int side)
    {
        _stats.Shot(side, isOnTarget: true);
        if (_random.NextDouble() < PenaltyGoals) Scored(at, new(IncidentType.Penalty, side, Pick(side)));
        else _match.Add(new(IncidentType.MissedPenalty, side, Pick(side)), at);
    }

    private void Scored(long at, IncidentDraft draft)
    {
        var goal = _match.Add(draft, at);
        _quietUntil = at + (40 * Second);
        _lost += 40 * Second;
        if (_random.NextDouble() >= Reviewed) return;
        var (begin, length) = (at + (20 + _random.Next(20)) * Second, (60 + _random.Next(100)) * Second);
        _decisions.Enqueue((begin, goal.Id, IncidentState.UnderReview));
        _decisions.Enqueue((begin + length, goal.Id, _random.NextDouble() < CancelledOfReviewed ? IncidentState.Cancelled : IncidentState.Active));
        _quietUntil = begin + length + (20 * Second);
        _lost += length;
    }

    private void Foul(long at, int side)
    {
        _stats.Foul(side);
        if (_random.NextDouble() < YellowOfFoul) Card(IncidentType.Yellow, at, side);
    }

    private void Card(IncidentType type, long at, int side)
    {
        // Seven players are the fewest with whom a match goes on.
        if (_match.State.OnPitch(side).Count <= 8) return;
        var player = Pick(side);
        var isSecond = type == IncidentType.Yellow && _match.State.IsBooked(side, player);
        if (isSecond && _random.NextDouble() < 0.6) return;
        _match.Add(new(isSecond ? IncidentType.SecondYellow : type, side, player), at);
        _lost += 15 * Second;
    }

    private void Replace(long at, int side)
    {
        var bench = _match.State.Bench(side).Order().ToList();
        if (bench.Count == 0) return;
        _match.Add(new(IncidentType.Substitution, side, Pick(side), bench[_random.Next(bench.Count)]), at);
        _lost += 25 * Second;
    }

    private void Kick()
    {
        _at += 3 * Minute;
        Begin(Phase.ShootOut);
        for (var side = _random.Next(2); !MatchRules.IsDecided(_match.State); side = 1 - side)
        {
            _at += 50 * Second;
            var kickers = _match.State.OnPitch(side).OrderDescending().ToList();
            var type = _random.NextDouble() < PenaltyGoals ? IncidentType.ShootOutGoal : IncidentType.ShootOutMiss;
            _match.Add(new(type, side, kickers[_match.State.Kicks[side] % kickers.Count]), _at);
        }

        _at += 30 * Second;
    }

    // The goalkeeper is rarely concerned.
    private int Pick(int side)
    {
        var players = _match.State.OnPitch(side).Where(static number => number != 1).Order().ToList();
        return players[_random.Next(players.Count)];
    }

    private void Decide(long until)
    {
        while (_decisions.TryPeek(out var decision) && decision.At <= until)
        {
            _decisions.Dequeue();
            _match.Correct(decision.Of, decision.Next, decision.Next == IncidentState.Cancelled ? Reasons[_random.Next(Reasons.Length)] : null, decision.At);
        }
    }
}
