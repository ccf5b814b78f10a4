using Microsoft.Extensions.Options;

namespace Showcase.Support;

/// <summary>Returns the cases of absent agents to the queue, and answers while nobody is at the desk.</summary>
internal sealed class DeskService(
    CaseStore store, Seats seats, Desk desk, IOptions<SupportOptions> options, TimeProvider time, ILogger<DeskService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    // The queue is restored before the first connection: until then every case could be claimed.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using (await store.Turns.TakeAsync(cancellationToken)) await desk.RestoreAsync();
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do await UpdateAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task UpdateAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await store.Turns.TakeAsync(cancellationToken);
            foreach (var user in await seats.UpdateAsync()) await desk.RiseAsync(user);
            if (seats.Present == 0) await AnswerAsync();
            await desk.PublishStateAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.DeskFailed(exception);
        }
    }

    private async Task AnswerAsync()
    {
        var before = desk.Now - (long)options.Value.HelperDelay.TotalMilliseconds;
        foreach (var asked in store.All.Where(found => found.State == CaseState.Waiting && found.Asked <= before).ToList())
            await desk.SayAsync(asked with { Asked = null }, HelperScript.AnswerTo(asked.Last), HelperScript.Name);
    }
}
