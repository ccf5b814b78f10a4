using Showcase.Exchange.Candles;
using Showcase.Exchange.Matching;
using Showcase.Exchange.PublicData;
using Showcase.Exchange.Tickers;
using Showcase.Exchange.Trades;

namespace Showcase.Exchange.Streams;

/// <summary>Creates the payloads of the streams of one symbol, as docs/protocol/binance.md specifies them. A payload holds copies, so that any thread can write it later.</summary>
internal sealed class StreamPayloads(PublicFormat format)
{
    private static readonly (string, string, string, string) BestNames = ("b", "B", "a", "A");

    public static PublicValue Combined(string stream, PublicValue data) => (json, per) =>
    {
        json.WriteStartObject();
        json.WriteString("stream", stream);
        json.WritePropertyName("data");
        data(json, per);
        json.WriteEndObject();
    };

    public static PublicValue Shutdown(long now) => (json, per) =>
    {
        json.WriteStartObject();
        json.WriteString("e", "serverShutdown");
        json.WriteNumber("E", now * per);
        json.WriteEndObject();
    };

    public PublicValue Trade(Trade trade) => Event("trade", trade.Time, (json, per) =>
    {
        json.WriteNumber("t", trade.Id);
        json.WriteString("p", format.Price(trade.Price));
        json.WriteString("q", format.Quantity(trade.Quantity));
        json.WriteNumber("T", trade.Time * per);
        json.WriteBoolean("m", trade.TakerSide == Side.Sell);
        json.WriteBoolean("M", true);
    });

    public PublicValue Aggregate(AggregateTrade trade) => Event("aggTrade", trade.Time, (json, per) => format.WriteMembers(json, trade, per));

    public PublicValue Diff(long first, long last, (long, long)[] bids, (long, long)[] asks, long now) => Event("depthUpdate", now, (json, _) =>
    {
        json.WriteNumber("U", first);
        json.WriteNumber("u", last);
        format.WriteLevels(json, "b", bids);
        format.WriteLevels(json, "a", asks);
    });

    public PublicValue Top(long lastId, (long, long)[] bids, (long, long)[] asks) => (json, _) =>
    {
        json.WriteStartObject();
        json.WriteNumber("lastUpdateId", lastId);
        format.WriteLevels(json, "bids", bids);
        format.WriteLevels(json, "asks", asks);
        json.WriteEndObject();
    };

    public PublicValue Best(BestLevels best) => (json, _) =>
    {
        json.WriteStartObject();
        json.WriteNumber("u", best.Id);
        json.WriteString("s", format.Symbol);
        format.WriteBest(json, best, BestNames);
        json.WriteEndObject();
    };

    public PublicValue Kline(CandleInterval interval, Candle candle, bool isClosed, long now) => Event("kline", now, (json, per) =>
    {
        json.WriteStartObject("k");
        json.WriteNumber("t", candle.OpenTime * per);
        json.WriteNumber("T", (interval.Next(candle.OpenTime) * per) - 1);
        json.WriteString("s", format.Symbol);
        json.WriteString("i", interval.Name.Replace(CandleInterval.East8Suffix, "", StringComparison.Ordinal));
        json.WriteNumber("f", candle.FirstId);
        json.WriteNumber("L", candle.LastId);
        json.WriteString("o", format.Price(candle.Open));
        json.WriteString("c", format.Price(candle.Close));
        json.WriteString("h", format.Price(candle.High));
        json.WriteString("l", format.Price(candle.Low));
        json.WriteString("v", format.Quantity(candle.Volume));
        json.WriteNumber("n", candle.Count);
        json.WriteBoolean("x", isClosed);
        json.WriteString("q", PublicFormat.Amount(candle.QuoteVolume));
        json.WriteString("V", format.Quantity(candle.TakerBuyVolume));
        json.WriteString("Q", PublicFormat.Amount(candle.TakerBuyQuoteVolume));
        json.WriteString("B", "0");
        json.WriteEndObject();
    });

    public PublicValue MiniTicker(PriceWindow window, long now) => Event("24hrMiniTicker", now, (json, _) =>
    {
        json.WriteString("c", format.Price(window.Total.Close));
        json.WriteString("o", format.Price(window.Total.Open));
        json.WriteString("h", format.Price(window.Total.High));
        json.WriteString("l", format.Price(window.Total.Low));
        json.WriteString("v", format.Quantity(window.Total.Volume));
        json.WriteString("q", PublicFormat.Amount(window.Total.QuoteVolume));
    });

    /// <summary>Returns a ticker; that of 24 hours also has the best levels, the last quantity and the price before the window.</summary>
    public PublicValue Ticker(string name, PriceWindow window, long now, long lastQuantity = 0, BestLevels? best = null) => Event(name, now, (json, per) =>
    {
        var total = window.Total;
        json.WriteString("p", format.Price(window.Change));
        json.WriteString("P", PublicFormat.Percent(total.Open, total.Close));
        json.WriteString("w", format.Average(total));
        if (best is { } levels)
        {
            json.WriteString("x", format.Price(window.PreviousClose));
            json.WriteString("Q", format.Quantity(lastQuantity));
            format.WriteBest(json, levels, BestNames);
        }

        json.WriteString("o", format.Price(total.Open));
        json.WriteString("h", format.Price(total.High));
        json.WriteString("l", format.Price(total.Low));
        json.WriteString("c", format.Price(total.Close));
        json.WriteString("v", format.Quantity(total.Volume));
        json.WriteString("q", PublicFormat.Amount(total.QuoteVolume));
        json.WriteNumber("O", total.OpenTime * per);
        json.WriteNumber("C", now * per);
        json.WriteNumber("F", total.FirstId);
        json.WriteNumber("L", total.LastId);
        json.WriteNumber("n", total.Count);
    });

    public PublicValue Average(PriceWindow window, long lastTime, long now) => Event("avgPrice", now, (json, per) =>
    {
        json.WriteString("i", "5m");
        json.WriteString("w", format.Average(window.Total));
        json.WriteNumber("T", lastTime * per);
    });

    private PublicValue Event(string name, long time, PublicValue members) => (json, per) =>
    {
        json.WriteStartObject();
        json.WriteString("e", name);
        json.WriteNumber("E", time * per);
        json.WriteString("s", format.Symbol);
        members(json, per);
        json.WriteEndObject();
    };
}
