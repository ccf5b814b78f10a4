using Showcase.Exchange.Simulation;

namespace Showcase.Browser.Tests;

/// <summary>A showcase whose market is busy by itself, and a browser.</summary>
public class LiveMarket : IAsyncLifetime
{
    private RunningShowcase? _showcase;

    public Browser Browser { get; } = new();

    public RunningShowcase Showcase => _showcase!;

    protected virtual MarketRate Rate => MarketRate.Normal;

    protected virtual int? SportsSpeed => null;

    public async ValueTask InitializeAsync()
    {
        _showcase = await RunningShowcase.StartAsync(Rate, sportsSpeed: SportsSpeed);
        await Browser.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Browser.DisposeAsync();
        if (_showcase is not null) await _showcase.DisposeAsync();
    }
}

/// <summary>The same with nobody in the market but the people of a test: what trades is what they sent.</summary>
public sealed class QuietMarket : LiveMarket
{
    protected override MarketRate Rate => MarketRate.Off;
}

/// <summary>The same with 500 book changes and 100 trades a second.</summary>
public sealed class BusyMarket : LiveMarket
{
    protected override MarketRate Rate => MarketRate.High;
}
