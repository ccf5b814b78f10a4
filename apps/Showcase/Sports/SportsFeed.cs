using Duplex.Messaging;
using Showcase.Applications;
using Showcase.Sports.Matches;
using Showcase.Storage;
using Showcase.Waiting;

namespace Showcase.Sports;

/// <summary>
/// Continues the matches and publishes what happens. It runs while a page of them or the news wire is open; a subscription or a call
/// wakes it up, and first brings the matches up to the present.
/// </summary>
internal sealed class SportsFeed(League league, IHub hub, Announcements announcements, TimeProvider time, ILogger<SportsFeed> logger) : BackgroundService
{
    /// <summary>The channels of the list, of the goals and of the numbers of viewers.</summary>
    public const string Scores = "scores:live", Goals = "goals:all", Watching = "watching:all";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MinWait = TimeSpan.FromMilliseconds(5), MaxWait = TimeSpan.FromSeconds(1), WatchingInterval = TimeSpan.FromSeconds(5);

    private readonly Watch _watch = new(
        time, Grace, () => announcements.IsFollowed || ((string[])["scores:*", "match:*", "goals:*"]).Any(pattern => hub.Channels.List(pattern).Count > 0));
    private readonly Turns _turns = new("The matches' list");
    private readonly Dictionary<string, int> _statsShown = [];
    private Dictionary<string, int> _watching = [];
    private long _watchingAt;
    private bool _isFilled;

    /// <summary>The matches; only within a turn.</summary>
    public League League => league;

    /// <summary>Whether nothing runs, because no page of the matches is open.</summary>
    public bool IsIdle => _watch.IsIdle;

    /// <summary>The present in Unix milliseconds.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The numbers of viewers by match that were published last; only within a turn.</summary>
    public IReadOnlyDictionary<string, int> Viewers => _watching;

    /// <summary>Begins a turn in which the matches are up to date; it lasts until it is disposed.</summary>
    public async Task<IDisposable> EnterAsync()
    {
        _watch.Wake();
        var turn = await _turns.TakeAsync();
        try
        {
            await AdvanceAsync();
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Publishes the latest entry of a match's log; only within a turn, so that publications have the order of the log.</summary>
    public async Task PublishAsync(Match match, Incident entry)
    {
        await hub.PublishAsync($"match:{match.Id}", new MatchEvent(match.Log.Count, entry));
        await PublishScoreAsync(match);
        if (!Highlight.Is(entry) && entry.Type != IncidentType.Phase) return;
        var (home, away) = (match.Info.Home.Name, match.Info.Away.Name);
        if (entry is { Type: IncidentType.Phase, Period: Phase.FullTime }) Announce(match);
        await hub.PublishAsync(
            Goals, new GoalEvent(match.Id, home, away, match.State.Score, entry, Highlight.Of(match, entry)!.Name),
            new() { Tags = new Dictionary<string, string> { ["match"] = match.Id, ["home"] = home, ["away"] = away, ["competition"] = match.Info.Competition } });
    }

    /// <summary>Publishes the list's entry of a match.</summary>
    public async Task PublishScoreAsync(Match match) =>
        await hub.Maps.PublishAsync(Scores, match.Id, ScoreEntry.Of(match), new() { Score = match.Info.KickOff });

    private void Announce(Match match)
    {
        var (info, score) = (match.Info, match.State.Score);
        if (info.Kind != MatchKind.Simulated) return;
        announcements.Make(new(
            $"match {match.Id}", "sport", $"Full time: {info.Home.Name} {score[0]}–{score[1]} {info.Away.Name}", $"{info.Competition}. {info.Note}", $"/sports/{match.Id}"));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        announcements.Followed += _watch.Wake;
        while (true)
        {
            await _watch.WaitAsync(stoppingToken);
            await Task.Delay(await RunAsync(stoppingToken), time, stoppingToken);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _turns.Dispose();
    }

    private async Task<TimeSpan> RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var turn = await _turns.TakeAsync(stoppingToken);
            await AdvanceAsync();
            await PublishStatsAsync();
            await PublishWatchingAsync();
            var wait = league.NextAt is { } next ? TimeSpan.FromMilliseconds(next - Now) : MaxWait;
            return wait < MinWait ? MinWait : wait > MaxWait ? MaxWait : wait;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.FeedFailed(exception);
            return MaxWait;
        }
    }

    private async Task AdvanceAsync()
    {
        foreach (var (match, entry) in league.Advance(Now))
        {
            if (entry is not null) await PublishAsync(match, entry);
            else if (league.Fixtures.ContainsKey(match.Id)) await PublishScoreAsync(match);
            else await RemoveAsync(match.Id);
        }

        // The matches that do not begin by themselves, such as the real final, are listed once.
        if (_isFilled) return;
        foreach (var fixture in league.Fixtures.Values) await PublishScoreAsync(fixture.Match);
        _isFilled = true;
    }

    private async Task RemoveAsync(string id)
    {
        await hub.Maps.RemoveAsync(Scores, id);
        await hub.Channels.RemoveHistoryAsync($"match:{id}");
    }

    private async Task PublishStatsAsync()
    {
        foreach (var channel in hub.Channels.List("stats:*").Keys)
        {
            var id = channel["stats:".Length..];
            if (!league.Fixtures.TryGetValue(id, out var fixture) || fixture.StatsAt(Now) is not { } stats) continue;
            if (_statsShown.GetValueOrDefault(id) == stats.Pressure.Count) continue;
            _statsShown[id] = stats.Pressure.Count;
            await hub.PublishAsync(channel, stats);
        }

        foreach (var id in _statsShown.Keys.Except(league.Fixtures.Keys).ToList()) _statsShown.Remove(id);
    }

    private async Task PublishWatchingAsync()
    {
        if (Now - _watchingAt < WatchingInterval.TotalMilliseconds) return;
        _watchingAt = Now;
        var watching = hub.Channels.List("match:*").ToDictionary(static channel => channel.Key["match:".Length..], static channel => channel.Value);
        if (watching.Count == _watching.Count && !watching.Except(_watching).Any()) return;
        _watching = watching;
        await hub.PublishAsync(Watching, watching);
    }
}
