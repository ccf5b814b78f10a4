using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Simulation;

/// <summary>
/// The simulated takers. Their orders arrive in bursts, because each order raises the rate of the next, often in the
/// direction of the last one, and at once when the fair price crosses a quote.
/// </summary>
internal sealed class TakerCrowd(Market market, int account, Personality personality, Random random)
{
    // Half of the orders arrive independently and half are triggered by other orders; the raised rate decays within seconds.
    private const double OwnShare = 0.5, FadePerSecond = 0.8, Momentum = 0.62, PickOffsPerSecond = 4;

    private double _excitement;
    private Side _lastSide;

    /// <summary>Places taker orders for a time span.</summary>
    public void Act(FairPrice price, double seconds, long now)
    {
        if (random.NextDouble() < PickOffsPerSecond * seconds) PickOff(price.Ticks, now);
        var rate = (personality.TakersPerSecond * OwnShare * Math.Min(price.Liveliness, 2)) + _excitement;
        var orders = random.Poisson(rate * seconds);
        _excitement = Math.Min(
            (_excitement * Math.Exp(-FadePerSecond * seconds)) + (orders * FadePerSecond * (1 - OwnShare)),
            personality.TakersPerSecond * 2);
        for (var i = 0; i < orders; i++) Take(price.Ticks, now);
    }

    private void Take(double fair, long now)
    {
        var side = random.NextDouble() < Momentum ? _lastSide : Opposite(_lastSide);
        _lastSide = random.NextDouble() < 0.15 ? (Side)random.Next(2) : side;
        var value = personality.TypicalValue * random.LogNormal(1.1);
        market.Place(new NewOrder(
            account, side, OrderType.Market, 0, Quantities.Of(value, fair, market.Instrument), 0, default, now));
    }

    /// <summary>Takes the quotes on the wrong side of the fair price, so that the book follows it.</summary>
    private void PickOff(double fair, long now)
    {
        var book = market.Engine.Book;
        if (book.BestAsk is { } ask && ask < fair - 0.5) TakeUpTo(Side.Buy, (long)Math.Floor(fair), fair, now);
        else if (book.BestBid is { } bid && bid > fair + 0.5) TakeUpTo(Side.Sell, (long)Math.Ceiling(fair), fair, now);
    }

    private void TakeUpTo(Side side, long limit, double fair, long now)
    {
        var value = personality.TypicalValue * 3 * random.LogNormal(0.6);
        market.Place(new NewOrder(
            account, side, OrderType.Limit, limit, Quantities.Of(value, fair, market.Instrument), 0, TimeInForce.ImmediateOrCancel, now));
    }

    private static Side Opposite(Side side) => side == Side.Buy ? Side.Sell : Side.Buy;
}
