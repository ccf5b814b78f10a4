using Showcase.Exchange.Simulation;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Exchange;

/// <summary>Published clients of Binance's spot interface, whose scripts in <c>node</c> judge the exchange. <c>tests/install</c> installs them.</summary>
public sealed class PublishedClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("ccxt")]
    [InlineData("binance-api-node")]
    public async Task A_published_client_follows_the_market_without_a_gap(string client)
    {
        await using var showcase = await RunningShowcase.StartAsync(MarketRate.High);
        await NodeScript.RunAsync("Showcase.Tests", client, Limit, showcase.Http.AbsoluteUri.TrimEnd('/'));
    }
}
