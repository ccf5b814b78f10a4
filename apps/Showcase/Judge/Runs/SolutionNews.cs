using System.Globalization;
using Showcase.Applications;
using Showcase.Judge.Problems;

namespace Showcase.Judge.Runs;

/// <summary>Announces the first solution of a problem, and who overtakes the fastest, to the news wire. Not safe for concurrent use.</summary>
internal sealed class SolutionNews(ProblemSet problems, Announcements announcements, TimeProvider time)
{
    // Two who outdo each other by microseconds are no news.
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private readonly Dictionary<string, DateTimeOffset> _announced = [];

    /// <summary>Announces an accepted solution unless it is nothing new.</summary>
    /// <param name="sent">The submission.</param>
    /// <param name="milliseconds">The time of all tests.</param>
    /// <param name="fastest">The fastest solution until now; null when there was none.</param>
    public void Report(Submission sent, double milliseconds, BestRun? fastest)
    {
        var (now, title) = (time.GetUtcNow(), problems.Find(sent.Problem)!.Title);
        if (fastest is null) Announce($"{sent.Name} solves “{title}” first", $"All tests took {Words(milliseconds)}.");
        else if (fastest.User != sent.User && milliseconds < fastest.Ms && now - _announced.GetValueOrDefault(sent.Problem) >= Pause)
            Announce($"{sent.Name} solves “{title}” faster than {fastest.Name}", $"All tests took {Words(milliseconds)}; {fastest.Name} needed {Words(fastest.Ms)}.");

        void Announce(string headline, string summary)
        {
            _announced[sent.Problem] = now;
            announcements.Make(new($"solution {sent.Id}", "technology", headline, summary, $"/judge/{sent.Problem}"));
        }
    }

    private static string Words(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.00} ms");
}
