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
    // A picture of the test card lasts as long. Moods are published at most four times a second, viewers every two seconds.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);
    private const int MoodTicks = 6, AudienceTicks = 25, ViewerTicks = 50;

    private readonly Dictionary<LiveStage, StagePublished> _published = stages.All.ToDictionary(static stage => stage, static _ => new StagePublished());

    /// <summary>Reads the shows. Their speakers have the time of a lost connection to return.</summary>
    public void Load()
    {
        foreach (var stage in stages.All)
        {
            stage.Show = store.Find(stage.Id);
            _published[stage].AwaySince = time.GetTimestamp();
        }
    }

    /// <summary>Changes the show of a speaker and publishes the state.</summary>
    public async Task<DoneResult> ChangeAsync(Visitor speaker, string? id, Func<Show, Show> change, bool changesPoll = false)
    {
        var stage = stages.Find(id);
        using var turn = await store.Turns.TakeAsync();
        await SaveAsync(stage, change(StageRules.ShowOf(speaker, stage)));
        if (changesPoll) await PublishPollAsync(stage);
        return new();
    }

    /// <summary>Stores a show and publishes the state of the stage. Called within a turn.</summary>
    public async Task SaveAsync(LiveStage stage, Show show)
    {
        store.Save(stage.Id, show);
        stage.Show = show;
        await PublishStateAsync(stage);
    }

    /// <summary>Ends the show of a stage. Called within a turn.</summary>
    public async Task EndAsync(LiveStage stage, string reason)
    {
        stage.Stop(reason);
        await ClearAsync(stage);
        await PublishStateAsync(stage);
    }

    /// <summary>Removes the show of a stage with its questions, votes and hands. Called within a turn.</summary>
    public async Task ClearAsync(LiveStage stage)
    {
        store.Remove(stage.Id);
        stage.Show = null;
        await hub.Maps.ClearAsync($"questions:{stage.Id}");
        await hub.Maps.ClearAsync($"hands:{stage.Id}");
        await PublishPollAsync(stage);
    }

    /// <summary>Publishes a question, or its removal. Called within a turn.</summary>
    public async Task PublishQuestionAsync(LiveStage stage, Question question)
    {
        var (channel, key) = ($"questions:{stage.Id}", question.Id.ToString(CultureInfo.InvariantCulture));
        if (question.Status == QuestionStatus.Removed) await hub.Maps.RemoveAsync(channel, key);
        else await hub.Maps.PublishAsync(channel, key, QuestionEntry.Of(question), new() { Score = question.Votes });
    }

    /// <summary>Publishes the poll, and its results to the speaker. Called within a turn.</summary>
    public async Task PublishPollAsync(LiveStage stage)
    {
        await hub.PublishAsync($"poll:{stage.Id}", new PollEvent(store.StateOf(stage.Id, stage.Show?.Poll)));
        if (stage.Show is { Poll: { } poll } show)
            await hub.PublishAsync($"host:{show.Id}", new CountsEvent(store.CountsOf(stage.Id, poll)), new() { Key = "counts" });
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using (await store.Turns.TakeAsync(stoppingToken))
        {
            foreach (var stage in stages.All)
                foreach (var question in store.Questions(stage.Id)) await PublishQuestionAsync(stage, question);
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
            await hub.PublishAsync($"host:{show.Id}", AudienceOf(stage), new() { Key = "audience" }, cancellationToken);
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

    private static AudienceEvent AudienceOf(LiveStage stage)
    {
        var viewers = stage.Relay.Viewers;
        var behind = viewers.Select(static viewer => viewer.Behind).Where(static delay => delay >= 0).Order().ToArray();
        return new(
            stage.Viewers, viewers.Count,
            behind.Length == 0 ? null : behind[behind.Length / 2], behind.Length == 0 ? null : behind[^1],
            viewers.Count(static viewer => viewer.Skipped > 0));
    }

    private async Task PublishStateAsync(LiveStage stage) => await hub.PublishAsync($"stage:{stage.Id}", stage.State);
}
