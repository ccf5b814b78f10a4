using Showcase.Exchange.Matching;

namespace Showcase.Exchange;

/// <summary>The assets and instruments that the exchange lists.</summary>
public static class Listings
{
    private const int Usdt = 0, Sol = 1, Btc = 2, Eth = 3;
    private const int MakerFee = 750, TakerFee = 1000;

    /// <summary>The names of the assets, by index in the ledger.</summary>
    public static IReadOnlyList<string> Assets { get; } = ["USDT", "SOL", "BTC", "ETH"];

    /// <summary>The starting balances of a demo account, by index of the asset.</summary>
    public static IReadOnlyList<long> StartingBalances { get; } = [Units(50_000), Units(100), Units(1) / 2, Units(5)];

    /// <summary>The listed instruments.</summary>
    public static IReadOnlyList<Instrument> Instruments { get; } =
    [
        List("SOLUSDT", Sol, quantityDecimals: 3, maxPrice: 100_000, maxQuantity: 90_000),
        List("BTCUSDT", Btc, quantityDecimals: 5, maxPrice: 10_000_000, maxQuantity: 1_000),
        List("ETHUSDT", Eth, quantityDecimals: 4, maxPrice: 1_000_000, maxQuantity: 10_000),
    ];

    /// <summary>The symbol of the first instrument.</summary>
    public static string FirstSymbol => Instruments[0].Symbol;

    /// <summary>Converts a whole number of an asset to an amount.</summary>
    public static long Units(long whole) => whole * FixedPoint.PowerOfTen(Instrument.AmountDecimals);

    private static Instrument List(string symbol, int asset, int quantityDecimals, long maxPrice, long maxQuantity) => new Instrument
    {
        Symbol = symbol,
        Base = asset,
        Quote = Usdt,
        PriceDecimals = 2,
        QuantityDecimals = quantityDecimals,
        MaxPrice = maxPrice * 100,
        MaxQuantity = maxQuantity * FixedPoint.PowerOfTen(quantityDecimals),
        MinNotional = Units(5),
        MakerFee = MakerFee,
        TakerFee = TakerFee,
    }.Validated();
}
