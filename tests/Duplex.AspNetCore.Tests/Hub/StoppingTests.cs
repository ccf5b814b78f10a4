using System.Collections.Concurrent;
using Duplex.Messaging.Application;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>A host that stops while clients are connected.</summary>
public sealed class StoppingTests
{
    private readonly ConcurrentQueue<string> _heard = [];
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayReturn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Handlers_of_leaving_clients_return_while_the_services_they_use_still_run()
    {
        await using var app = await StartAsync();
        await using var client = await JsonPeer.ConnectAsync(app);

        var stopping = app.StopAsync(HubApplication.Limit);
        Assert.StartsWith("close 3001", await client.ReadAsync(), StringComparison.Ordinal);
        await _entered.Task.WaitAsync(HubApplication.Limit);
        Assert.Empty(_heard);
        Assert.False(app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);

        _mayReturn.SetResult();
        await stopping;
        Assert.Equal(["left", "service stopped"], _heard);
    }

    [Fact]
    public async Task A_handler_that_does_not_return_holds_up_a_host_as_long_as_the_host_waits()
    {
        await using var app = await StartAsync();
        await using var client = await JsonPeer.ConnectAsync(app);

        using var limit = new CancellationTokenSource();
        var stopping = app.StopAsync(limit.Token);
        await _entered.Task.WaitAsync(HubApplication.Limit);
        await limit.CancelAsync();
        await stopping.WaitAsync(HubApplication.Limit);
        Assert.Equal(["service stopped"], _heard);
        _mayReturn.SetResult();
    }

    [Fact]
    public async Task A_handler_that_does_not_return_leaves_the_hosts_time_to_the_applications_services()
    {
        var time = new FakeTimeProvider();
        await using var app = await StartAsync(time);
        await using var client = await JsonPeer.ConnectAsync(app);

        var stopping = app.StopAsync(HubApplication.Limit);
        await _entered.Task.WaitAsync(HubApplication.Limit);
        time.Advance(TimeSpan.FromSeconds(5));
        await stopping.WaitAsync(HubApplication.Limit);

        Assert.Equal(["service stopped"], _heard);
        _mayReturn.SetResult();
    }

    private Task<HubApplication> StartAsync(TimeProvider? time = null) => HubApplication.StartAsync(
        map: app => app.Services.GetRequiredService<ApplicationModel>().Disconnect = LeaveAsync,
        services: services => services.AddSingleton(time ?? TimeProvider.System).AddScoped<Name>().AddHostedService(_ => new Service(_heard)));

    private async ValueTask LeaveAsync(HandlerContext context)
    {
        _entered.SetResult();
        await _mayReturn.Task;
        _heard.Enqueue(context.Services.GetRequiredService<Name>().Text);
    }

    private sealed class Name
    {
        public string Text => "left";
    }

    private sealed class Service(ConcurrentQueue<string> heard) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;

        public override Task StopAsync(CancellationToken cancellationToken)
        {
            heard.Enqueue("service stopped");
            return base.StopAsync(cancellationToken);
        }
    }
}
