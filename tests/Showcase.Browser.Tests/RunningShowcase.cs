using Duplex.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Exchange.Simulation;
using Showcase.Hosting;

namespace Showcase.Browser.Tests;

/// <summary>The real showcase with its built pages, on a free port.</summary>
public sealed class RunningShowcase : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private RunningShowcase(WebApplication app, DirectoryInfo data) => (_app, _data) = (app, data);

    public Uri Address => new(_app.Urls.First());

    public static async Task<RunningShowcase> StartAsync(MarketRate rate)
    {
        await BuiltPages.Ready;
        var data = Directory.CreateTempSubdirectory("duplex-browser-");
        var app = ShowcaseApp.Build(new ShowcaseOptions
        {
            Port = 0,
            MarketRate = rate,
            Data = data.FullName,
            ContentRoot = Path.Combine(Repository.Root, "apps", "Showcase"),
        });
        await app.StartAsync();
        return new RunningShowcase(app, data);
    }

    /// <summary>Drops every connection, as a server that stops does; this one goes on and takes them back.</summary>
    public void DropEveryConnection() => _app.Services.GetRequiredService<Hub>().Shutdown();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
