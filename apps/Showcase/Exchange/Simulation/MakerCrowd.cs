using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Simulation;

/// <summary>The simulated makers, who quote both sides: dense near the fair price and thinner over hundreds of levels.</summary>
internal sealed class MakerCrowd(Market market, int account, Personality personality, Random random)
{
    private const int LevelsPerSide = 320;
    private const double TouchReach = 0.00002, NearReach = 0.00035, FarReach = 0.012, Farthest = 0.05;

    private readonly List<(long Id, Side Side, long Price)> _quotes = [];

    /// <summary>Builds the book before the market opens.</summary>
    public void Open(double fair, long now)
    {
        while (market.Engine.Book.LevelCount(Side.Buy) < LevelsPerSide || market.Engine.Book.LevelCount(Side.Sell) < LevelsPerSide)
            Quote(fair, now);
    }

    /// <summary>Places and cancels quotes for a time span.</summary>
    public void Act(double fair, double seconds, long now)
    {
        for (var left = random.Poisson(personality.QuotesPerSecond * seconds); left > 0; left--)
        {
            var isFull = market.Engine.Book.LevelCount(Side.Buy) >= LevelsPerSide
                && market.Engine.Book.LevelCount(Side.Sell) >= LevelsPerSide;
            if (isFull && random.NextDouble() < 0.52) Withdraw(fair, now);
            else Quote(fair, now);
        }
    }

    private void Quote(double fair, long now)
    {
        var side = ThinnerSide();
        var reach = random.NextDouble() switch
        {
            < 0.2 => TouchReach,
            < 0.6 => NearReach,
            _ => FarReach,
        };
        var distance = Math.Min(random.Exponential() * reach, Farthest);
        var ticks = side == Side.Buy
            ? Math.Floor((fair * (1 - distance)) - 0.2)
            : Math.Ceiling((fair * (1 + distance)) + 0.2);
        var value = personality.TypicalValue * 2.2 * random.LogNormal(0.9) * (1 + (distance / 0.002));
        var order = new NewOrder(
            account, side, OrderType.Limit, (long)ticks, Quantities.Of(value, fair, market.Instrument), 0, TimeInForce.PostOnly, now);
        if (market.Place(order) == Rejection.None) _quotes.Add((market.Engine.LastOrderId, side, order.Price));
    }

    /// <summary>Cancels a random quote, preferring one that is far from the fair price.</summary>
    private void Withdraw(double fair, long now)
    {
        if (_quotes.Count == 0) return;
        var chosen = random.Next(_quotes.Count);
        for (var i = 0; i < 2; i++)
        {
            var other = random.Next(_quotes.Count);
            if (Math.Abs(_quotes[other].Price - fair) > Farthest * fair) chosen = other;
        }

        var quote = _quotes[chosen];
        _quotes[chosen] = _quotes[^1];
        _quotes.RemoveAt(_quotes.Count - 1);
        market.Cancel(account, quote.Id, now);
    }

    private Side ThinnerSide()
    {
        var (bids, asks) = (market.Engine.Book.LevelCount(Side.Buy), market.Engine.Book.LevelCount(Side.Sell));
        return random.NextDouble() * (bids + asks + 2) < asks + 1 ? Side.Buy : Side.Sell;
    }
}
