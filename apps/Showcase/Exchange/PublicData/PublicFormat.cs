using System.Text.Json;
using Showcase.Exchange.Candles;
using Showcase.Exchange.Matching;
using Showcase.Exchange.Trades;

namespace Showcase.Exchange.PublicData;

/// <summary>Writes the integers of one symbol in the form of docs/protocol/binance.md: decimal strings with eight decimals.</summary>
public sealed class PublicFormat(Instrument instrument)
{
    private const int Decimals = Instrument.AmountDecimals;
    private const long Unit = 100_000_000;

    private readonly long _tick = FixedPoint.PowerOfTen(Decimals - instrument.PriceDecimals);

    /// <summary>The symbol.</summary>
    public string Symbol => instrument.Symbol;

    public string Price(long ticks) => FixedPoint.Format(ticks * _tick, Decimals);

    public string Quantity(long steps) => FixedPoint.Format(steps * instrument.StepAmount, Decimals);

    public static string Amount(long units) => FixedPoint.Format(units, Decimals);

    /// <summary>Returns the value of a trade.</summary>
    public string Value(long price, long quantity) => Amount(instrument.Notional(price, quantity));

    /// <summary>Returns the average price of a volume, weighted by quantity; 0 without a volume.</summary>
    public string Average(in Candle candle) => candle.Volume == 0
        ? Price(candle.Close)
        : Amount((long)((Int128)candle.QuoteVolume * Unit / ((Int128)candle.Volume * instrument.StepAmount)));

    /// <summary>Returns a change in percent with three decimals.</summary>
    public static string Percent(long open, long last) => FixedPoint.Format(open == 0 ? 0 : (long)((Int128)(last - open) * 100_000 / open), 3);

    /// <summary>Writes levels as arrays of price and quantity.</summary>
    public void WriteLevels(Utf8JsonWriter json, string name, IReadOnlyList<(long Price, long Quantity)> levels)
    {
        json.WriteStartArray(name);
        foreach (var (price, quantity) in levels)
        {
            json.WriteStartArray();
            json.WriteStringValue(Price(price));
            json.WriteStringValue(Quantity(quantity));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the best levels of a book; zeros where a side is empty.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="best">The levels.</param>
    /// <param name="names">The names of price and quantity of the bid, then of the ask.</param>
    public void WriteBest(Utf8JsonWriter json, in BestLevels best, (string BidPrice, string BidQuantity, string AskPrice, string AskQuantity) names)
    {
        json.WriteString(names.BidPrice, Price(best.Bid?.Price ?? 0));
        json.WriteString(names.BidQuantity, Quantity(best.Bid?.Quantity ?? 0));
        json.WriteString(names.AskPrice, Price(best.Ask?.Price ?? 0));
        json.WriteString(names.AskQuantity, Quantity(best.Ask?.Quantity ?? 0));
    }

    /// <summary>Copies the best levels of a side.</summary>
    public static (long Price, long Quantity)[] Levels(OrderBook book, Side side, int depth)
    {
        var levels = new (long, long)[Math.Min(depth, book.LevelCount(side))];
        for (var i = 0; i < levels.Length; i++) levels[i] = book.LevelAt(side, i);
        return levels;
    }

    /// <summary>Writes the members that an aggregate trade has in a stream and in a response alike.</summary>
    public void WriteMembers(Utf8JsonWriter json, in AggregateTrade trade, long perMillisecond)
    {
        json.WriteNumber("a", trade.Id);
        json.WriteString("p", Price(trade.Price));
        json.WriteString("q", Quantity(trade.Quantity));
        json.WriteNumber("f", trade.FirstId);
        json.WriteNumber("l", trade.LastId);
        json.WriteNumber("T", trade.Time * perMillisecond);
        json.WriteBoolean("m", trade.IsBuyerMaker);
        json.WriteBoolean("M", true);
    }
}
