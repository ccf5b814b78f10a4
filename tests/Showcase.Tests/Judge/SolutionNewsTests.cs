using Microsoft.Extensions.Time.Testing;
using Showcase.Applications;
using Showcase.Judge.Problems;
using Showcase.Judge.Runs;

namespace Showcase.Tests.Judge;

public sealed class SolutionNewsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly Announcements _announcements = new();
    private readonly SolutionNews _news;

    public SolutionNewsTests() => _news = new(new ProblemSet(), _announcements, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_solution_and_who_overtakes_the_fastest_an_hour_later_are_announced()
    {
        Report("ada", 30, null);
        Report("bob", 10, BestOf("ada", 30));
        _time.Advance(TimeSpan.FromHours(1));
        Report("ada", 8, BestOf("ada", 30));
        Report("bob", 30, BestOf("ada", 30));
        Report("cleo", 9, BestOf("bob", 10));
        Report("ada", 8, BestOf("cleo", 9));

        Assert.Equal(["ada solves “Pairs that sum” first", "cleo solves “Pairs that sum” faster than bob"], await TitlesAsync(2));
    }

    [Fact]
    public async Task The_pause_of_one_problem_holds_back_no_other()
    {
        Report("ada", 30, null);
        Report("ada", 30, null, "merge-intervals");

        Assert.Equal(2, (await TitlesAsync(2)).Distinct().Count());
    }

    private void Report(string user, double milliseconds, BestRun? fastest, string problem = "pairs-that-sum") =>
        _news.Report(RunQueueTests.SubmissionOf(user, $"{user} {milliseconds}") with { Problem = problem, Name = user }, milliseconds, fastest);

    private static BestRun BestOf(string user, double milliseconds) => new(user, user, milliseconds, 1, 1);

    // One more announcement at the end proves that there were no others in between.
    private async Task<List<string>> TitlesAsync(int count)
    {
        _announcements.Make(new("end", "world", "end", "", "/"));
        var titles = new List<string>();
        await foreach (var announcement in _announcements.ReadAllAsync(static () => true, Token))
        {
            if (announcement.Id == "end") break;
            titles.Add(announcement.Title);
        }

        Assert.Equal(count, titles.Count);
        return titles;
    }
}
