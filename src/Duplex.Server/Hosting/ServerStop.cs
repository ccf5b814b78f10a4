using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Hosting;

/// <summary>Ends the server within its time, whatever peers, backends and handlers do.</summary>
internal static partial class ServerStop
{
    private static readonly List<PosixSignalRegistration> Kept = [];

    // What is left of the time to abort connections that have not ended by themselves.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(1);

    /// <summary>The part of the time in which connections may end by themselves.</summary>
    public static TimeSpan GraceOf(TimeSpan timeout) => timeout - (timeout / 5 < Reserve ? timeout / 5 : Reserve);

    /// <summary>Waits for a signal and stops; returns when everything is let go, or when the time is over.</summary>
    public static async Task RunAsync(WebApplication app, TimeSpan timeout)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ServerStop));

        // The host listens to these until it is disposed; one that comes later must not end the process before clients are told.
        // They are kept, because the process ends soon after.
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            Kept.Add(PosixSignalRegistration.Create(signal, static context => context.Cancel = true));
        }

        // Scripts that rotate logs and closed terminals send it; the default ends the process on the spot.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            HangUpIgnored(logger);
        });
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = app.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        var stopped = StopAsync(app);
        await Task.WhenAny(stopping.Task, stopped).ConfigureAwait(false);
        try
        {
            await stopped.WaitAsync(timeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The process ends and takes with it what has not let go.
            StopTimedOut(logger, timeout.TotalSeconds);
        }
    }

    private static async Task StopAsync(WebApplication app)
    {
        await using (app)
        {
            await app.WaitForShutdownAsync().ConfigureAwait(false);
        }
    }

    [LoggerMessage(1410, LogLevel.Information, "SIGHUP has no effect: the configuration is read at the start, and certificates are read when their files change.")]
    private static partial void HangUpIgnored(ILogger logger);

    [LoggerMessage(1411, LogLevel.Warning, "The server stops after {Seconds} s (shutdown.timeout) with connections or handlers left.")]
    private static partial void StopTimedOut(ILogger logger, double seconds);
}
