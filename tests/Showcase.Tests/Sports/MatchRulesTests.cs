using Duplex.Messaging.Errors;
using Showcase.Sports.Matches;
using Showcase.Sports.Simulation;

namespace Showcase.Tests.Sports;

/// <summary>The rules that a scout meets, one by one.</summary>
public sealed class MatchRulesTests
{
    private const long Minute = 60_000;

    private readonly Match _match = new("m1", new(MatchKind.Friendly, "Friendlies", IsCup: false, 0, 1, Clubs.Of("Saltcross"), Clubs.Of("Velden"), ""));
    private long _now;

    [Fact]
    public void A_cancelled_goal_falls_back_and_a_confirmed_one_stays()
    {
        Begin(Phase.FirstHalf);
        var first = Add(new(IncidentType.Goal, 0, 9, 10));
        var second = Add(new(IncidentType.Penalty, 1, 8));
        _match.Correct(first.Id, IncidentState.UnderReview, null, _now);
        Assert.Equal([1, 1], _match.State.Score);
        _match.Correct(first.Id, IncidentState.Cancelled, "offside", _now);
        _match.Correct(second.Id, IncidentState.UnderReview, null, _now);
        var confirmed = _match.Correct(second.Id, IncidentState.Active, null, _now);

        Assert.Equal([0, 1], _match.State.Score);
        Assert.Equal((2, IncidentState.Active), (confirmed.Revision, confirmed.State));
        Assert.Equal("offside", _match.Incidents[first.Id - 1].Reason);
    }

    [Fact]
    public void A_player_whose_red_card_is_cancelled_returns_to_the_pitch()
    {
        Begin(Phase.FirstHalf);
        var red = Add(new(IncidentType.Red, 0, 5));
        Refuses("Number 5 is not on the pitch.", new(IncidentType.Goal, 0, 5));
        _match.Correct(red.Id, IncidentState.UnderReview, null, _now);
        _match.Correct(red.Id, IncidentState.Cancelled, "mistaken identity", _now);
        Add(new(IncidentType.Goal, 0, 5));
        Assert.Equal([0, 0], _match.State.Reds);
    }

    [Fact]
    public void A_team_replaces_at_most_five_players_and_none_returns()
    {
        Begin(Phase.FirstHalf);
        for (var number = 2; number <= 6; number++) Add(new(IncidentType.Substitution, 0, number, number + 10));
        Refuses("A team may replace 5 players.", new(IncidentType.Substitution, 0, 7, 17));
        Refuses("other must be the shirt number of a player on the bench.", new(IncidentType.Substitution, 1, 7, 8));
        Refuses("Number 2 is not on the pitch.", new(IncidentType.Goal, 0, 2));
    }

    [Fact]
    public void Nothing_happens_before_the_kick_off_in_a_break_and_after_full_time()
    {
        Refuses("The match is not being played: begin the next phase first.", new(IncidentType.Goal, 0, 9));
        Refuses("This phase does not follow the current one.", new(IncidentType.Phase, Phase: Phase.SecondHalf));
        Begin(Phase.FirstHalf, Phase.HalfTime);
        Refuses("The match is not being played: begin the next phase first.", new(IncidentType.Goal, 0, 9));
        Begin(Phase.SecondHalf);
        var goal = Add(new(IncidentType.Goal, 0, 9));
        Begin(Phase.FullTime);
        Refuses("The match is over.", new(IncidentType.Goal, 0, 9));
        Assert.Equal("The match is over.", Assert.Throws<ClientException>(() => _match.Correct(goal.Id, IncidentState.UnderReview, null, _now)).Error.Message);
    }

    [Fact]
    public void A_review_lasts_over_half_time_but_not_beyond_the_result()
    {
        Begin(Phase.FirstHalf);
        var goal = Add(new(IncidentType.Goal, 0, 9));
        _match.Correct(goal.Id, IncidentState.UnderReview, null, _now);
        Begin(Phase.HalfTime, Phase.SecondHalf);
        Refuses("Decide the review first.", new(IncidentType.Phase, Phase: Phase.FullTime));
        var cancelled = _match.Correct(goal.Id, IncidentState.Cancelled, null, _now);
        Assert.Equal((Phase.FirstHalf, goal.Minute), (cancelled.Period, cancelled.Minute));
        Begin(Phase.FullTime);
        Assert.Equal([0, 0], _match.State.Score);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(44.5, 45, 0)]
    [InlineData(46.5, 45, 2)]
    public void Minutes_beyond_the_end_of_a_phase_are_stoppage_time(double played, int minute, int extra)
    {
        Begin(Phase.FirstHalf);
        _now = (long)(played * Minute);
        var goal = Add(new(IncidentType.Goal, 0, 9));
        Assert.Equal((minute, extra), (goal.Minute, goal.Extra));
    }

    [Fact]
    public void The_final_of_2018_ends_as_it_did()
    {
        var final = RealFinal.Create();
        Assert.Equal([4, 2], final.State.Score);
        Assert.Equal(Phase.FullTime, final.State.Phase);
        Assert.Equal(
            ["18 Mandžukić", "28 Perišić", "38 Griezmann", "59 Pogba", "65 Mbappé", "69 Mandžukić"],
            final.Incidents.Where(static incident => MatchRules.IsReviewable(incident.Type)).Select(incident => $"{incident.Minute} {final.Info.Team(incident.Side!.Value).Find(incident.Player)!.Name}"));
        Assert.Equal([3, 2], final.State.Substitutions);
        Assert.Equal((90, 2), (final.Incidents[^2].Minute, final.Incidents[^2].Extra));
    }

    private void Begin(params Phase[] phases)
    {
        foreach (var phase in phases) Add(new(IncidentType.Phase, Phase: phase));
    }

    private Incident Add(IncidentDraft draft) => _match.Add(draft, _now);

    private void Refuses(string sentence, IncidentDraft draft) =>
        Assert.Equal((400u, sentence), Assert.Throws<ClientException>(() => Add(draft)).Error is var error ? (error.Code, error.Message) : default);
}
