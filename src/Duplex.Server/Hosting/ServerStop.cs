using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Hosting;

/// <summary>Stops the server within its shutdown timeout, regardless of clients, backends and handlers.</summary>
internal static partial class ServerStop
{
    private static readonly List<PosixSignalRegistration> Kept = [];

    // The part of the timeout that is reserved to abort connections that have not closed by then.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(1);

    /// <summary>Returns the part of the timeout in which connections can close gracefully.</summary>
    public static TimeSpan GraceOf(TimeSpan timeout) => timeout - (timeout / 5 < Reserve ? timeout / 5 : Reserve);

    /// <summary>Waits for a signal and stops the application; returns when it is disposed or the timeout has elapsed.</summary>
    public static async Task RunAsync(WebApplication app, TimeSpan timeout)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ServerStop));

        // The host handles these signals until it is disposed; a later signal must not end the process before clients are closed.
        // The registrations are never disposed, because the process ends soon after.
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            Kept.Add(PosixSignalRegistration.Create(signal, static context => context.Cancel = true));
        }

        // Log rotation scripts and closed terminals send SIGHUP, whose default action ends the process at once.
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
            // The end of the process closes the remaining connections.
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
