using Duplex.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Chat;
using Showcase.Comets;
using Showcase.Exchange.Simulation;
using Showcase.Hosting;
using Showcase.Judge;
using Showcase.Pad;
using Showcase.Social;
using Showcase.Visitors;

namespace Showcase.Browser.Tests;

/// <summary>The real showcase with its built pages, on a free port.</summary>
public sealed class RunningShowcase : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("duplex-browser-");
    private readonly JudgeMode? _judge;
    private readonly bool _isChatWelcoming;
    private readonly int? _sportsSpeed;
    private WebApplication _app;
    private int _runs;

    private RunningShowcase(MarketRate rate, JudgeMode? judge, bool isChatWelcoming, int? sportsSpeed)
    {
        (_judge, _isChatWelcoming, _sportsSpeed) = (judge, isChatWelcoming, sportsSpeed);
        _app = Build(port: 0, rate);
    }

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningShowcase> StartAsync(MarketRate rate, JudgeMode? judge = JudgeMode.Off, bool isChatWelcoming = false, int? sportsSpeed = null)
    {
        await BuiltPages.Ready;
        var showcase = new RunningShowcase(rate, judge, isChatWelcoming, sportsSpeed);
        await showcase._app.StartAsync();
        return showcase;
    }

    /// <summary>Drops every connection, as a server that stops does; this one goes on and takes them back.</summary>
    public void DropEveryConnection() => _app.Services.GetRequiredService<Hub>().Shutdown();

    /// <summary>Stops the server and starts it again at the same address: a market of its own, over the chat's messages.</summary>
    public async Task RestartAsync(MarketRate rate, bool isChatEmptied = false)
    {
        var port = Address.Port;
        await StopAsync();
        if (isChatEmptied) foreach (var file in _data.GetFiles()) file.Delete();
        _app = Build(port, rate);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _data.Delete(recursive: true);
    }

    private async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // Another seed makes another market, so that a number of the one before stands out.
    private WebApplication Build(int port, MarketRate rate) => ShowcaseApp.Build(new ShowcaseOptions
    {
        Port = port,
        MarketRate = rate,
        Seed = ++_runs,
        Judge = _judge,
        SportsSpeed = _sportsSpeed,
        Data = _data.FullName,
        ContentRoot = Path.Combine(Repository.Root, "apps", "Showcase"),
    }, builder => builder.Services
        .Configure<ChatOptions>(chat => chat.Welcomes = _isChatWelcoming)
        .Configure<CometsOptions>(comets =>
        {
            // Where nothing moves by itself, nothing destroys the ship of a test either.
            if (rate == MarketRate.Off) (comets.FilledTo, comets.Comets, comets.Grace) = (0, 0, TimeSpan.FromMinutes(5));
        })
        .Configure<SocialOptions>(social => social.Bots = rate != MarketRate.Off)
        .Configure<VisitorOptions>(static options =>
        {
            // Scripts write faster than people.
            foreach (var rates in (Rates[])[options.Person, options.Address])
                (rates[Act.Message], rates[Act.Character], rates[PadEndpoints.Create]) = (new(1000, 1000), new(1_000_000, 1_000_000), new(1000, 1000));
        }));
}
