using CsCheck;
using Duplex.Messaging.Errors;
using Showcase.Sports.Matches;
using Showcase.Sports.Simulation;

namespace Showcase.Tests.Sports;

/// <summary>What holds after every entry of every match: simulated ones, and those that a scout reports at random.</summary>
public sealed class MatchPropertyTests
{
    private static readonly Gen<(int Seed, bool IsCup)> Simulated = Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Bool);

    [Fact]
    public void The_state_is_the_fold_of_the_incidents() => AfterEachEntry(static match =>
    {
        Assert.Equal(NaiveFold.Score(match.Log), match.State.Score);
        var counted = NaiveFold.Latest(match.Log).ToList();
        for (var side = 0; side < 2; side++)
        {
            Assert.Equal(NaiveFold.OnPitch(match.Info, match.Log, side), match.State.OnPitch(side));
            Assert.Equal(counted.Count(incident => incident.Side == side && incident.Type is IncidentType.Red or IncidentType.SecondYellow && incident.Side == side), match.State.Reds[side]);
            Assert.Equal(counted.Count(incident => incident.Side == side && incident.Type == IncidentType.ShootOutGoal), match.State.ShootOut[side]);
        }
    });

    [Fact]
    public void Nobody_acts_who_is_not_on_the_pitch()
    {
        Simulated.Sample((seed, isCup) => Acts(Play(seed, isCup)));
        Reports.Sample(static reports => Acts(Reported(reports)));

        static void Acts(Match match)
        {
            var before = new List<Incident>();
            foreach (var entry in match.Log)
            {
                if (entry.Revision == 0 && entry.Player is { } player)
                {
                    var onPitch = NaiveFold.OnPitch(match.Info, before, entry.Side!.Value);
                    Assert.Contains(player, onPitch);
                    if (entry.Other is { } other) Assert.Equal(entry.Type != IncidentType.Substitution, onPitch.Contains(other));
                }

                before.Add(entry);
            }
        }
    }

    [Fact]
    public void The_minute_never_goes_back_within_a_phase() => Finished(static match =>
    {
        foreach (var phase in match.Log.Where(static entry => entry.Revision == 0).GroupBy(static entry => entry.Period))
        {
            var minutes = phase.Select(static entry => (entry.Minute, entry.Extra)).ToList();
            Assert.Equal(minutes.Order(), minutes);
        }

        var phases = match.Log.Where(static entry => entry.Type == IncidentType.Phase).Select(static entry => entry.Period).ToList();
        Assert.Equal(phases.Order(), phases);
    });

    [Fact]
    public void A_cancelled_goal_leaves_no_trace_in_any_number() => Finished(static match =>
    {
        var without = NaiveFold.Latest(match.Log).ToList();
        var (state, clean) = (match.State, MatchState.Of(match.Info, without));
        Assert.Equal((clean.Score, clean.Reds, clean.Substitutions, clean.ShootOut), (state.Score, state.Reds, state.Substitutions, state.ShootOut), StructurallyEqual);
        Assert.All(match.Log, entry => Assert.Equal(entry.Revision, match.Log.Count(other => other.Id == entry.Id && other.Revision < entry.Revision)));
    });

    [Fact]
    public void A_simulated_match_ends_by_the_rules_and_the_same_seed_makes_the_same_match() => Simulated.Sample((seed, isCup) =>
    {
        var match = Play(seed, isCup);
        Assert.Equal(Phase.FullTime, match.State.Phase);
        Assert.False(match.State.IsReviewing);
        if (isCup) Assert.True(match.State.Score[0] != match.State.Score[1] || match.State.ShootOut[0] != match.State.ShootOut[1]);
        Assert.All(match.State.Substitutions, static count => Assert.InRange(count, 0, 6));
        Assert.Equal(match.Log.Select(static entry => entry.Time).Order(), match.Log.Select(static entry => entry.Time));
        Assert.Equal(match.Log, Play(seed, isCup).Log);
    });

    [Fact]
    public void Goals_and_reviews_are_about_as_frequent_as_in_real_matches()
    {
        var matches = Enumerable.Range(0, 400).Select(static seed => Play(seed, isCup: false)).ToList();
        Assert.InRange(matches.Average(static match => match.State.Score.Sum()), 2.0, 3.6);
        var reviewed = matches.Sum(static match => match.Log.Count(static entry => entry.State == IncidentState.UnderReview));
        var goals = matches.Sum(static match => match.Log.Count(static entry => entry.Revision == 0 && MatchRules.IsReviewable(entry.Type) && entry.Type != IncidentType.Red));
        Assert.InRange((double)reviewed / goals, 0.08, 0.16);
    }

    private static readonly Gen<(IncidentType Type, int Side, int Player, int Other, Phase Phase, int Correction, int Seconds)[]> Reports =
        Gen.Select(
            Gen.Enum<IncidentType>(), Gen.Int[0, 1], Gen.Int[1, 18], Gen.Int[0, 18], Gen.Enum<Phase>(), Gen.Int[0, 12], Gen.Int[1, 400],
            static (type, side, player, other, phase, correction, seconds) => (type, side, player, other, phase, correction, seconds)).Array[0, 120];

    private static bool StructurallyEqual((int[], int[], int[], int[]) one, (int[], int[], int[], int[]) other) =>
        one.Item1.SequenceEqual(other.Item1) && one.Item2.SequenceEqual(other.Item2) && one.Item3.SequenceEqual(other.Item3) && one.Item4.SequenceEqual(other.Item4);

    private static void Finished(Action<Match> claim)
    {
        Simulated.Sample((seed, isCup) => claim(Play(seed, isCup)));
        Reports.Sample(reports => claim(Reported(reports)));
    }

    private static void AfterEachEntry(Action<Match> claim) => Finished(match =>
    {
        var shown = new Match(match.Id, match.Info);
        foreach (var entry in match.Log)
        {
            shown.Append(entry);
            claim(shown);
        }
    });

    private static MatchInfo Info(bool isCup) =>
        new(MatchKind.Simulated, "Cup", isCup, KickOff: 0, Rate: 1, Clubs.Of("Saltcross"), Clubs.Of("Velden"), "");

    private static Match Play(int seed, bool isCup)
    {
        var match = new Match("m1", Info(isCup));
        foreach (var entry in MatchSimulation.Play(match.Info, seed).Log) match.Append(entry);
        return match;
    }

    // A scout who presses anything: what the rules refuse changes nothing.
    private static Match Reported((IncidentType Type, int Side, int Player, int Other, Phase Phase, int Correction, int Seconds)[] reports)
    {
        var match = new Match("m1", Info(isCup: true));
        var now = 0L;
        foreach (var report in reports)
        {
            now += report.Seconds * 1000;
            var (entries, state) = (match.Log.Count, match.State);
            try
            {
                if (report.Correction is > 0 and <= 3) match.Correct(report.Player, (IncidentState)(report.Correction - 1), null, now);
                else if (report.Correction is > 3 and < 8) match.Add(new(IncidentType.Phase, Phase: match.State.Phase + 1), now);
                else if (report.Type is IncidentType.Phase) match.Add(new(report.Type, Phase: report.Phase), now);
                else if (report.Type is IncidentType.Stoppage) match.Add(new(report.Type, Added: report.Other), now);
                else match.Add(new(report.Type, report.Side, report.Player, report.Correction == 12 || report.Type is IncidentType.Goal or IncidentType.Substitution ? report.Other : null), now);
            }
            catch (ClientException exception)
            {
                Assert.Equal(400u, exception.Error.Code);
                Assert.EndsWith(".", exception.Error.Message, StringComparison.Ordinal);
                Assert.Equal((entries, state), (match.Log.Count, match.State));
            }
        }

        return match;
    }
}
