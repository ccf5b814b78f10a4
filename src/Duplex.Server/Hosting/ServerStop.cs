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
            LogHangUp(logger);
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
            LogLeft(logger, timeout.TotalSeconds);
        }
    }

    private static async Task StopAsync(WebApplication app)
    {
        await using (app)
        {
            await app.WaitForShutdownAsync().ConfigureAwait(false);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "SIGHUP changes nothing: the configuration is read at the start, and files of certificates when they change")]
    private static partial void LogHangUp(ILogger logger);

    [LoggerMessage(2, LogLevel.Warning, "The time to stop, {Seconds} s, is over while connections or handlers are left")]
    private static partial void LogLeft(ILogger logger, double seconds);
}
