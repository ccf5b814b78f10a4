using Showcase.Exchange.Simulation;

namespace Showcase.Browser.Tests.Sports;

/// <summary>A showcase whose matches are played at 60 times their speed, a minute in a second.</summary>
public sealed class FastLeague : LiveMarket
{
    protected override MarketRate Rate => MarketRate.Off;

    protected override int? SportsSpeed => 60;
}
