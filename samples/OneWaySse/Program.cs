// Publications for clients that only listen: server-sent events, which a browser reads without a library.
using Duplex.Messaging;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDuplex(options => options.AllowAnonymous = true)
    .ConfigureTransports(transports => transports.OneWaySse.IsEnabled = true)
    .AddNamespace("time", ns => ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true);
builder.Services.AddHostedService<Clock>();

var app = builder.Build();
app.UseFileServer();
app.MapDuplex();                                            // /connection/uni_sse among them
app.Run();

internal sealed class Clock(IHub hub) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await hub.PublishAsync("time:utc", new { now = $"{DateTimeOffset.UtcNow:HH:mm:ss}" }, cancellationToken: stoppingToken);
    }
}
