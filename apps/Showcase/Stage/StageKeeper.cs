using System.Globalization;
using Duplex.Messaging;
using Microsoft.Extensions.Options;
using Showcase.Stage.Shows;
using Showcase.Visitors;

namespace Showcase.Stage;

/// <summary>
/// Changes the shows and publishes the changes, within a turn of the store. In the background it plays the test card, ends
/// shows whose speaker does not return, and publishes what changes by itself.
/// </summary>
internal sealed class StageKeeper(StageList stages, StageStore store, IHub hub, IOptions<StageOptions> options, TimeProvider time, ILogger<StageKeeper> logger) : BackgroundService
{
    // A picture of the test card lasts as long. Moods are published at most four times a second, the audience twice, viewers every two seconds.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);
    private const int MoodTicks = 6, AudienceTicks = 12, ViewerTicks = 50;

    private readonly Dictionary<LiveStage, StagePublished> _published = stages.All.ToDictionary(static stage => stage, static _ => new StagePublished());

    /// <summary>Reads the shows. Their speakers have the time of a lost connection to return.</summary>
    public void Load()
    {
        foreach (var stage in stages.All)
        {
            stage.Show = store.Find(stage.Id);
            CountVotes(stage);
            _published[stage].AwaySince = time.GetTimestamp();
        }
    }

    /// <summary>Changes the show of a speaker, and publishes what has changed.</summary>
    public async Task ChangeAsync(Visitor speaker, string? id, Func<Show, Show> change)
    {
        var stage = stages.Find(id);
        using var turn = await store.Turns.TakeAsync();
        var before = StageRules.ShowOf(speaker, stage);
        var after = change(before);
        await SaveAsync(stage, after);
        if (after.Poll != before.Poll) await PublishPollAsync(stage);
        foreach (var (question, _) in after.Marks.Except(before.Marks)) await PublishQuestionAsync(stage, question);
    }

    /// <summary>Stores a show and publishes the state of the stage. Called within a turn.</summary>
    public async Task SaveAsync(LiveStage stage, Show show)
    {
        store.Save(stage.Id, show);
        stage.Show = show;
        await PublishStateAsync(stage);
    }

    /// <summary>Ends the show of a stage, and removes its questions, votes and hands. Called within a turn.</summary>
    public async Task EndAsync(LiveStage stage, string reason)
    {
        stage.Stop(reason);
        store.Remove(stage.Id, stage.Show!.Id);
        stage.Show = null;
        await hub.Maps.ClearAsync($"questions:{stage.Id}");
        await hub.Maps.ClearAsync($"hands:{stage.Id}");
        await PublishPollAsync(stage);
        await PublishStateAsync(stage);
    }

    /// <summary>Publishes a question, or its removal. Called within a turn.</summary>
    public async Task PublishQuestionAsync(LiveStage stage, long id)
    {
        var (channel, key, show) = ($"questions:{stage.Id}", id.ToString(CultureInfo.InvariantCulture), stage.Show!);
        if (show.StatusOf(id) == QuestionStatus.Removed)
        {
            await hub.Maps.RemoveAsync(channel, key);
            return;
        }

        var (question, votes) = (store.Messages.Find(show.Id, id)!, store.VotesFor(show.Id, id));
        var entry = new QuestionEntry(question.User, question.Name, question.Text, question.Time, question.ClientId, show.StatusOf(id), votes);
        await hub.Maps.PublishAsync(channel, key, entry, new() { Score = votes });
    }

    /// <summary>Counts the votes of the poll and publishes it. Called within a turn.</summary>
    public async Task PublishPollAsync(LiveStage stage)
    {
        CountVotes(stage);
        await hub.PublishAsync($"poll:{stage.Id}", new PollEvent(stage.Poll));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using (await store.Turns.TakeAsync(stoppingToken))
        {
            foreach (var stage in stages.All)
                foreach (var question in stage.Show is { } show ? store.Messages.Page(show.Id, long.MaxValue, StageRules.MaxQuestions) : [])
                    await PublishQuestionAsync(stage, question.Id);
        }

        using var timer = new PeriodicTimer(Interval, time);
        for (var tick = 0L; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            try
            {
                foreach (var stage in stages.All) await TickAsync(stage, tick, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.StageFailed(exception);
            }
        }
    }

    private async Task TickAsync(LiveStage stage, long tick, CancellationToken cancellationToken)
    {
        var published = _published[stage];
        var isLive = stage.IsLive;
        if (stage.Show is not null) stage.TestCard?.Stop();
        else if (!stage.Relay.IsUnwatched) stage.TestCard?.Play();
        if (isLive || stage.Show is null || stage.HasTicket) published.AwaySince = time.GetTimestamp();
        if (isLive != published.IsLive || time.GetElapsedTime(published.AwaySince) > options.Value.Grace)
        {
            using var turn = await store.Turns.TakeAsync(cancellationToken);
            if (stage.Show is not null && !stage.IsLive && time.GetElapsedTime(published.AwaySince) > options.Value.Grace) await EndAsync(stage, "");
            else await PublishStateAsync(stage);
            published.IsLive = isLive;
        }

        if (tick % ViewerTicks == 0) stage.Viewers = hub.Channels.List($"stage:{stage.Id}").Values.Sum();
        if (tick % MoodTicks == 0) await PublishMoodAsync(stage, published, cancellationToken);
        if (tick % AudienceTicks == 0 && stage.Show is { } show)
            await hub.PublishAsync($"speaker:{show.Id}", stage.Audience, cancellationToken: cancellationToken);
    }

    private async Task PublishMoodAsync(LiveStage stage, StagePublished published, CancellationToken cancellationToken)
    {
        var mood = stage.Mood;
        if (mood.Viewers != published.Mood?.Viewers || !mood.Reactions.SequenceEqual(published.Mood.Reactions))
            await hub.PublishAsync($"mood:{stage.Id}", published.Mood = mood, cancellationToken: cancellationToken);
        var listed = new ListedStage(stage.Title, stage.Show?.Title, stage.Show?.Name, mood.Viewers);
        if (listed == published.Listed) return;
        published.Listed = listed;
        await hub.Maps.PublishAsync("stages:all", stage.Id, listed, cancellationToken: cancellationToken);
    }

    private void CountVotes(LiveStage stage) => stage.Votes = stage.Show is { Poll: { } poll } show ? store.CountsOf(show.Id, poll) : null;

    private async Task PublishStateAsync(LiveStage stage) => await hub.PublishAsync($"stage:{stage.Id}", stage.State);
}
