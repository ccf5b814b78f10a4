using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.Options;
using Showcase.Hosting;
using Showcase.Lines;
using Showcase.Waiting;

namespace Showcase.Lab;

/// <summary>Maps what the laboratory's experiments without a run use: an echo, a stream of the time, and an upgrade that is refused.</summary>
internal static class LabProbes
{
    private const int MaxMessageBytes = 16 * 1024;

    private static readonly TimeSpan ClockPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Maps <c>/lab/echo</c>, <c>/lab/echo/deflate</c>, <c>/lab/clock</c> and <c>/lab/refused</c>.</summary>
    public static void MapLabProbes(this WebApplication app)
    {
        var places = new Waiters(app.Services.GetRequiredService<IOptions<LabOptions>>().Value.MaxProbes);
        var options = WebSocketConnectionOptions.Default with { AllowedOrigins = ["self:*"], MaxMessageBytes = MaxMessageBytes };
        app.MapWebSocket("/lab/echo", new LabEchoEndpoint(places, options));
        app.MapWebSocket("/lab/echo/deflate", new LabEchoEndpoint(places, options with { Compression = new DeflateOptions { MinMessageBytes = 0 } }));
        app.MapGet("/lab/clock", (HttpContext context, TimeProvider time, IHostApplicationLifetime lifetime) => StreamTimeAsync(context, places, time, lifetime));
        app.MapGet("/lab/refused", static (HttpContext context) =>
        {
            OwnPages.Allow(context);
            return Refusal.Of(StatusCodes.Status403Forbidden, "This address refuses WebSockets, as some proxies do.");
        });
    }

    private static async Task StreamTimeAsync(HttpContext context, Waiters places, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        OwnPages.Allow(context);
        if (!places.TryEnter())
        {
            await Refusal.Of(StatusCodes.Status429TooManyRequests, "Too many streams of the laboratory are open: close a page that uses some.").ExecuteAsync(context);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        try
        {
            using var timer = new PeriodicTimer(ClockPeriod, time);
            do
            {
                await context.Response.WriteAsync($"data: {time.GetUtcNow().ToUnixTimeMilliseconds()}\n\n", stop.Token);
                await context.Response.Body.FlushAsync(stop.Token);
            }
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The browser has gone, or the server stops.
        }
        finally
        {
            places.Leave();
        }
    }
}
