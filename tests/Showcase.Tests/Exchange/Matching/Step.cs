using CsCheck;
using Showcase.Exchange.Matching;

namespace Showcase.Tests.Exchange.Matching;

/// <summary>A random command: narrow ranges, so that orders meet, run out of money and name each other's ids.</summary>
internal readonly record struct Step(int Kind, int Account, Side Side, long Price, long Quantity, TimeInForce TimeInForce)
{
    public static readonly Gen<Step[]> Sequences = Gen.Select(
        Gen.Int[0, 9], Gen.Int[1, 3], Gen.Bool, Gen.Long[95, 105], Gen.Long[1, 20], Gen.Int[0, 7],
        (kind, account, buys, price, quantity, force) => new Step(
            kind, account, buys ? Side.Buy : Side.Sell, price, quantity,
            force < 4 ? (TimeInForce)force : TimeInForce.GoodTillCanceled)).Array[1, 120];

    public Rejection Apply(Floor floor) => Kind switch
    {
        0 or 1 => floor.Cancel(Account, (Price - 95) * Quantity),
        2 => floor.Market(Account, Side, Quantity),
        3 => floor.Spend(Account, Price * Quantity * Floor.TickStep / 3),
        _ => floor.Limit(Account, Side, Price, Quantity, TimeInForce),
    };
}
