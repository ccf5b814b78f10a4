using System.Globalization;
using System.Text;
using Duplex.WebSockets.Hosting;
using Showcase.Hosting;
using Showcase.Lines;
using Showcase.Waiting;

namespace Showcase.Lab;

/// <summary>Maps the ways of transport other than the hub: polling, long polling, server-sent events and a WebSocket.</summary>
internal static class LabTransports
{
    private const int MaxMessageBytes = 16 * 1024;

    /// <summary>Maps <c>/lab/{run}/...</c>. Pages of the own host may call it from any port: each way has its own line.</summary>
    public static void MapLabTransports(this WebApplication app)
    {
        var lab = app.MapGroup("/lab/{run}").AddEndpointFilter(AllowOwnPagesAsync);
        lab.MapGet("/events", PollAsync);
        lab.MapGet("/wait", LongPollAsync);
        lab.MapGet("/stream", StreamAsync);
        lab.MapPost("/messages", (Delegate)ReceiveAsync);
        var options = WebSocketConnectionOptions.Default with { AllowedOrigins = ["self:*"], MaxMessageBytes = MaxMessageBytes };
        var runs = app.Services.GetRequiredService<LabRuns>();
        app.MapWebSocket("/lab/{run}/socket", new LabSocketEndpoint(runs, options, static run => new LabSocket(run)));
        app.MapWebSocket("/lab/{run}/send", new LabSocketEndpoint(runs, options, static run => new LabReceiver(run)));
    }

    private static async ValueTask<object?> AllowOwnPagesAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        OwnPages.Allow(invocation.HttpContext);
        var runs = invocation.HttpContext.RequestServices.GetRequiredService<LabRuns>();
        if (!runs.TryFind(invocation.HttpContext.Request.RouteValues["run"] as string, out var run))
            return Refusal.Of(StatusCodes.Status404NotFound, "There is no such run: start one.");
        invocation.HttpContext.Items[typeof(LabRun)] = run;
        return await next(invocation);
    }

    private static async Task PollAsync(HttpContext context, long after = 0, bool close = false)
    {
        var way = close ? LabWay.PollClose : LabWay.Poll;
        if (close) context.Response.Headers.Connection = "close";
        await AnswerAsync(context, way, RunOf(context).After(after));
    }

    private static async Task LongPollAsync(HttpContext context, long after = 0, int wait = Waiters.MaxSeconds)
    {
        var run = RunOf(context);
        if (!await TryWaitAsync(context, run)) return;
        LabEvent[] events = [];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, run.Ended);
        stop.CancelAfter(TimeSpan.FromSeconds(Math.Clamp(wait, 1, Waiters.MaxSeconds)));
        try
        {
            events = await run.NextAsync(after, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Nothing happened in time: the response is empty.
        }
        finally
        {
            run.Waiters.Leave();
        }

        if (!context.RequestAborted.IsCancellationRequested) await AnswerAsync(context, LabWay.LongPoll, events);
    }

    private static async Task StreamAsync(HttpContext context, long after = 0)
    {
        var run = RunOf(context);
        if (!await TryWaitAsync(context, run)) return;
        if (long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last)) after = last;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, run.Ended);
        run.Count(LabWay.Sse, requests: 1);
        context.Response.ContentType = "text/event-stream";
        try
        {
            await context.Response.Body.FlushAsync(stop.Token);
            while (true)
            {
                foreach (var (number, json) in await run.NextAsync(after, stop.Token))
                {
                    byte[] text = [.. Encoding.UTF8.GetBytes($"id: {number}\ndata: "), .. json, .. "\n\n"u8];
                    await context.Response.Body.WriteAsync(text, stop.Token);
                    run.Count(LabWay.Sse, events: 1, bodyDown: text.Length);
                    after = number;
                }

                await context.Response.Body.FlushAsync(stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The browser has gone, or the run has ended.
        }
        finally
        {
            run.Waiters.Leave();
        }
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context)
    {
        var buffer = new byte[MaxMessageBytes + 1];
        var count = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (count > MaxMessageBytes) return Refusal.Of(StatusCodes.Status413PayloadTooLarge, $"A message has at most {MaxMessageBytes} bytes.");
        var run = RunOf(context);
        run.Receive(LabWay.Post, buffer.AsSpan(0, count));
        run.Count(LabWay.Post, requests: 1);
        return Results.NoContent();
    }

    private static async Task AnswerAsync(HttpContext context, LabWay way, LabEvent[] events)
    {
        using var body = new MemoryStream();
        body.Write("{\"events\":["u8);
        for (var index = 0; index < events.Length; index++)
        {
            if (index > 0) body.WriteByte((byte)',');
            body.Write(events[index].Json);
        }

        body.Write("]}"u8);
        RunOf(context).Count(way, requests: 1, empty: events.Length == 0 ? 1 : 0, events: events.Length, bodyDown: body.Length);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
    }

    private static async ValueTask<bool> TryWaitAsync(HttpContext context, LabRun run)
    {
        if (run.Waiters.TryEnter()) return true;
        await Waiters.Refused.ExecuteAsync(context);
        return false;
    }

    private static LabRun RunOf(HttpContext context) => (LabRun)context.Items[typeof(LabRun)]!;
}
