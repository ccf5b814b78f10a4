using CsCheck;
using Showcase.Exchange.Matching;

namespace Showcase.Tests.Exchange.Matching;

/// <summary>A random command: narrow ranges, so that orders meet, run out of money and name each other's ids.</summary>
internal readonly record struct Step(
    int Kind, int Account, Side Side, long Price, long Quantity, TimeInForce TimeInForce, SelfTradePrevention Mode, long StopPrice)
{
    public static readonly Gen<Step[]> Sequences = Gen.Select(
        Gen.Int[0, 12], Gen.Int[1, 3], Gen.Bool, Gen.Long[95, 105], Gen.Long[1, 20], Gen.Int[0, 7],
        Gen.Select(Gen.Int[0, 4], Gen.Long[95, 105]),
        (kind, account, buys, price, quantity, force, more) => new Step(
            kind, account, buys ? Side.Buy : Side.Sell, price, quantity,
            force < 4 ? (TimeInForce)force : TimeInForce.GoodTillCanceled,
            more.Item1 < 3 ? (SelfTradePrevention)more.Item1 : default,
            more.Item2)).Array[1, 120];

    /// <summary>The id of an earlier order, or of none.</summary>
    public long Named => (Price - 95) * Quantity;

    /// <summary>The amount of the quote asset of a market order by amount.</summary>
    public long Budget => Price * Quantity * Floor.TickStep / 3;

    public OrderType StopType => Kind == 4 ? OrderType.StopLossLimit : OrderType.TakeProfitLimit;

    public Rejection Apply(Floor floor) => Kind switch
    {
        0 or 1 => floor.Cancel(Account, Named),
        2 => floor.Market(Account, Side, Quantity, Mode),
        3 => floor.Spend(Account, Budget, Side, Mode),
        4 or 5 => floor.Stop(Account, Side, StopType, StopPrice, Price, Quantity),
        6 => floor.Limit(Account, Side, Price, Quantity, TimeInForce, Mode, replaces: Named),
        _ => floor.Limit(Account, Side, Price, Quantity, TimeInForce, Mode),
    };
}
