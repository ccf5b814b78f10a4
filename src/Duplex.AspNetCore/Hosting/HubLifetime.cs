using Duplex.Messaging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Hosting;

/// <summary>
/// Closes the clients when the host starts to stop, before the server, which waits for its connections; the
/// disconnect handlers then return while the application's own services still run.
/// </summary>
internal sealed partial class HubLifetime(Hub hub, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<HubLifetime> logger) : IHostedLifecycleService, IDisposable
{
    private CancellationTokenRegistration _stopping;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stopping = lifetime.ApplicationStopping.Register(static state => ((Hub)state!).StopAsync(), hub);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The token expires after HostOptions.ShutdownTimeout, 30 seconds by default, which all services of the host share. A
    // handler that does not return must not use all of it.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(hub.Options.ShutdownTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await hub.StopAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            HandlersLeft();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    [LoggerMessage(1330, LogLevel.Warning, "Handlers of clients have not returned within HubOptions.ShutdownTimeout: the application's services stop without them.")]
    private partial void HandlersLeft();
}
