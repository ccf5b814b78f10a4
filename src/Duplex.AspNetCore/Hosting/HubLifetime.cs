using Duplex.Messaging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Hosting;

/// <summary>
/// Closes the clients when the host begins to stop, before the server does, which waits for its connections; and lets
/// the handlers of their leaving return while the application's own services still run.
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

    // The token is the host's: HostOptions.ShutdownTimeout, 30 seconds unless the application says otherwise, for all of
    // its services together. A handler that does not return must not use it up.
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

    [LoggerMessage(1330, LogLevel.Warning, "Handlers of clients still run after HubOptions.ShutdownTimeout: the application's services are stopped without them.")]
    private partial void HandlersLeft();
}
