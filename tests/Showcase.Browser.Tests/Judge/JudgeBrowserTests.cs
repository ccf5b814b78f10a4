using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Showcase.Exchange.Simulation;
using Showcase.Judge;

namespace Showcase.Browser.Tests.Judge;

/// <summary>A showcase whose judge has real workers in the sandbox, and the parts of its page.</summary>
public abstract class JudgeBrowserTests : IAsyncLifetime
{
    protected const string Endless = "function solve() { for (;;); }";

    private RunningShowcase _showcase = null!;

    protected Browser Browser { get; } = new();

    protected Uri Address => _showcase.Address;

    public async ValueTask InitializeAsync()
    {
        await Browser.InitializeAsync();
        _showcase = await RunningShowcase.StartAsync(MarketRate.Off, judge: null);
        await _showcase.Services.GetRequiredService<JudgeService>().Chosen;
    }

    public async ValueTask DisposeAsync()
    {
        await _showcase.DisposeAsync();
        await Browser.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static ILocator Editor(IPage page) => page.GetByLabel("Program", new() { Exact = true });

    protected static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    protected static ILocator Verdict(IPage page) => page.Locator(".run h2");
}
