using System.Globalization;
using System.Text.Json;
using Showcase.Hosting;
using Showcase.Judge.Runs;
using Showcase.Lines;
using Showcase.Waiting;

namespace Showcase.Judge;

/// <summary>Serves a run to those who poll: its state, its steps by long polling, and its steps as server-sent events.</summary>
internal static class RunEndpoints
{
    /// <summary>
    /// Maps <c>/judge/api/runs/{id}</c>. Whoever has the id may read the run's steps, but not its source. Pages of the own host
    /// may read it from any port: the judge's page requests it over the line that carries its connection.
    /// </summary>
    public static void MapRuns(this WebApplication app)
    {
        var runs = app.MapGroup("/judge/api/runs/{id}").AddEndpointFilter(static (invocation, next) =>
        {
            OwnPages.Allow(invocation.HttpContext);
            return next(invocation);
        });
        runs.MapGet("", ReadAsync);
        runs.MapGet("/events", StreamAsync);
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string id, JudgeService judge, RunStore store, int? after = null, int wait = 0)
    {
        context.Response.Headers.CacheControl = "no-cache";
        var run = judge.Find(id);
        if (run is null)
        {
            if (store.Find(id) is not var (_, stored)) return NoRun();
            return after is null ? Status(context, new(0, stored)) : Steps(stored is null ? [] : [stored]);
        }

        if (after is null) return Status(context, new(judge.PlaceOf(run), run.Last));
        if (wait <= 0) return Steps(run.After(after.Value));
        if (!run.Waiters.TryEnter()) return Waiters.Refused;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        stop.CancelAfter(TimeSpan.FromSeconds(Math.Min(wait, Waiters.MaxSeconds)));
        try
        {
            return Steps(await run.NextAsync(after.Value, stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Nothing happened in time: the response is empty.
            return Steps([]);
        }
        finally
        {
            run.Waiters.Leave();
        }
    }

    private static async Task StreamAsync(HttpContext context, string id, JudgeService judge, int after = 0)
    {
        if (judge.Find(id) is not { } run)
        {
            await NoRun().ExecuteAsync(context);
            return;
        }

        if (!run.Waiters.TryEnter())
        {
            await Waiters.Refused.ExecuteAsync(context);
            return;
        }

        var stop = context.RequestAborted;
        if (int.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last)) after = last;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            while (await run.NextAsync(after, stop) is { Count: > 0 } steps)
            {
                foreach (var step in steps)
                    await context.Response.WriteAsync($"id: {step.N}\ndata: {JsonSerializer.Serialize(step, JudgeJson.Default.RunStep)}\n\n", stop);
                await context.Response.Body.FlushAsync(stop);
                after = steps[^1].N;
            }
        }
        catch (OperationCanceledException)
        {
            // The browser has gone.
        }
        finally
        {
            run.Waiters.Leave();
        }
    }

    private static IResult Status(HttpContext context, RunStatus status)
    {
        var tag = $"\"{status.Last?.N ?? 0}-{status.Place}\"";
        context.Response.Headers.ETag = tag;
        return context.Request.Headers.IfNoneMatch == tag
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Json(status, JudgeJson.Default.RunStatus);
    }

    private static IResult Steps(IReadOnlyList<RunStep> steps) => Results.Json(new StepsResult(steps), JudgeJson.Default.StepsResult);

    private static IResult NoRun() => Refusal.Of(StatusCodes.Status404NotFound, "There is no such run.");
}
