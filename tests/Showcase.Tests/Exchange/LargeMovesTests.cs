using Showcase.Exchange;
using Showcase.Exchange.Simulation;

namespace Showcase.Tests.Exchange;

public sealed class LargeMovesTests
{
    private readonly VenueFixture _exchange = new();
    private readonly LargeMoves _moves = new();

    [Fact]
    public void A_move_of_a_percent_within_an_hour_is_announced_once_in_an_hour()
    {
        TradeAt("100.00");
        TradeAt("100.99");
        Assert.Null(_moves.Next(_exchange.Venue, _exchange.Now));
        TradeAt("101.00");

        var announced = _moves.Next(_exchange.Venue, _exchange.Now);
        Assert.Equal("SOLUSDT rises 1.0% within an hour, to 101.00", announced!.Title);
        Assert.Equal(("markets", "/exchange/SOLUSDT"), (announced.Topic, announced.Path));
        TradeAt("103.00");
        Assert.Null(_moves.Next(_exchange.Venue, _exchange.Now));

        _exchange.Advance(TimeSpan.FromMinutes(59));
        TradeAt("100.00");
        Assert.Equal("SOLUSDT falls 2.9% within an hour, to 100.00", _moves.Next(_exchange.Venue, _exchange.Now)!.Title);
    }

    [Fact]
    public void A_move_that_lies_before_the_start_of_trading_is_none()
    {
        var venue = new VenueFixture(MarketRate.Normal).Venue;

        // The generated candles of a day move by more than a percent.
        Assert.NotEmpty(venue.Markets[0].Data.Find("1m")!.Latest(60));
        Assert.Null(_moves.Next(venue, VenueFixture.Start));
    }

    [Fact]
    public void A_market_that_has_not_traded_is_no_news() => Assert.Null(_moves.Next(_exchange.Venue, _exchange.Now));

    private void TradeAt(string price)
    {
        _exchange.Advance(TimeSpan.FromMinutes(1));
        _exchange.Limit(VenueFixture.Alice, "sell", price, "0.1");
        _exchange.Limit(VenueFixture.Bob, "buy", price, "0.1");
    }
}
