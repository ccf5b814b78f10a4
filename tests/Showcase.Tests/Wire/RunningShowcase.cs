using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Chat;
using Showcase.Exchange.Simulation;
using Showcase.Hosting;
using Showcase.Judge;
using Showcase.Lines;
using Showcase.Visitors;

namespace Showcase.Tests.Wire;

/// <summary>The showcase on Kestrel and a free port.</summary>
internal sealed class RunningShowcase : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo? _scratch;

    private RunningShowcase(WebApplication app, DirectoryInfo? scratch) => (_app, _scratch) = (app, scratch);

    public IServiceProvider Services => _app.Services;

    public Uri Http => new(_app.Urls.First());

    public static async Task<RunningShowcase> StartAsync(
        MarketRate rate = MarketRate.Off, Action<WebApplicationBuilder>? configure = null, string? contentRoot = null, string? data = null,
        JudgeMode? judge = JudgeMode.Off, bool isChatWelcoming = false, string? feeds = null)
    {
        var scratch = data is null ? Directory.CreateTempSubdirectory("showcase") : null;
        var app = ShowcaseApp.Build(
            new ShowcaseOptions { Port = 0, MarketRate = rate, ContentRoot = contentRoot, Data = data ?? scratch!.FullName, Judge = judge, Feeds = feeds },
            builder =>
            {
                builder.Services.Configure<VisitorOptions>(LetScriptsWrite);
                builder.Services.Configure<ChatOptions>(chat => chat.Welcomes = isChatWelcoming);
                configure?.Invoke(builder);
            });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningShowcase(app, scratch);
    }

    /// <summary>Lets scripts write faster than people may.</summary>
    public static void LetScriptsWrite(VisitorOptions options)
    {
        foreach (var rates in (Rates[])[options.Person, options.Address])
            (rates[Act.Message], rates[Act.Character]) = (new(1000, 1000), new(1_000_000, 1_000_000));
    }

    /// <summary>Opens a line to the showcase with the delay of a modem.</summary>
    public Line OpenModem(int bytesPerSecond) => new(
        new IPEndPoint(IPAddress.Loopback, Http.Port), new LineSettings { BytesPerSecond = bytesPerSecond, Delay = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);

    /// <summary>Connects, with a key when there is a name: each name is an account.</summary>
    /// <param name="name">The name; null for a visitor without a key.</param>
    /// <param name="limit">The time for all that the client waits for.</param>
    /// <param name="line">The line of the connection; null for none.</param>
    public async Task<ProtocolClient> ConnectAsync(string? name = null, TimeSpan? limit = null, Line? line = null)
    {
        var client = await ProtocolClient.OpenAsync(line is null ? Http : new Uri($"http://127.0.0.1:{line.Port}"), limit);
        await client.ConnectAsync(name is null ? "{}" : KeyOf(name));
        return client;
    }

    /// <summary>The parameters of connect with a name's key.</summary>
    public static string KeyOf(string name) => $$"""{"data": {"key": "{{name.PadRight(32, '.')}}"} }""";

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _scratch?.Delete(recursive: true);
    }
}
