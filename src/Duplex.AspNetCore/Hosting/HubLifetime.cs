using Duplex.Messaging;
using Microsoft.Extensions.Hosting;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Closes the clients when the host begins to stop: before the server does, which waits for its connections.</summary>
internal sealed class HubLifetime(Hub hub, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private CancellationTokenRegistration _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stopping = lifetime.ApplicationStopping.Register(static state => ((Hub)state!).Shutdown(), hub);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();
}
