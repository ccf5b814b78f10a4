using System.Text.Json;
using Showcase.Exchange.Candles;
using Showcase.Exchange.Matching;
using Showcase.Exchange.PublicData;
using Showcase.Exchange.Tickers;

namespace Showcase.Exchange.Rest;

/// <summary>The calls for market data, by the names of docs/protocol/binance.md.</summary>
internal static class MarketCalls
{
    private const int Average = 5;

    /// <summary>Returns all calls by their path below <c>/api/v3</c>.</summary>
    public static IReadOnlyDictionary<string, MarketCall> All(RestOptions limits) => new Dictionary<string, MarketCall>
    {
        ["ping"] = new([], Of(1), static _ => static (_, _) => static (json, _) =>
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }),
        ["time"] = new([], Of(1), static _ => static (_, now) => (json, per) =>
        {
            json.WriteStartObject();
            json.WriteNumber("serverTime", now * per);
            json.WriteEndObject();
        }),
        ["exchangeInfo"] = new(["symbol", "symbols", "permissions", "symbolStatus", "showPermissionSets"], Of(20), call => ExchangeInfo.Prepare(call, limits)),
        ["depth"] = new(["symbol", "limit"], DepthWeight, Depth),
        ["trades"] = new(["symbol", "limit"], Of(25), static call => Trades(call, fromId: null)),
        ["historicalTrades"] = new(["symbol", "limit", "fromId"], Of(25), static call => Trades(call, call.Number("fromId"))),
        ["aggTrades"] = new(["symbol", "fromId", "startTime", "endTime", "limit"], Of(4), Aggregates),
        ["klines"] = new(["symbol", "interval", "startTime", "endTime", "timeZone", "limit"], Of(2), Klines),
        ["uiKlines"] = new(["symbol", "interval", "startTime", "endTime", "timeZone", "limit"], Of(2), Klines),
        ["avgPrice"] = new(["symbol"], Of(2), AveragePrice),
        ["ticker/24hr"] = new(["symbol", "symbols", "type", "symbolStatus"], TickerCalls.DayWeight, TickerCalls.Day),
        ["ticker/tradingDay"] = new(["symbol", "symbols", "timeZone", "type", "symbolStatus"], TickerCalls.WindowWeight, TickerCalls.TradingDay),
        ["ticker"] = new(["symbol", "symbols", "windowSize", "type", "symbolStatus"], TickerCalls.WindowWeight, TickerCalls.Window),
        ["ticker/price"] = new(["symbol", "symbols", "symbolStatus"], TickerCalls.PriceWeight, TickerCalls.Price),
        ["ticker/bookTicker"] = new(["symbol", "symbols", "symbolStatus"], TickerCalls.PriceWeight, TickerCalls.Best),
    };

    /// <summary>Returns the market of a symbol.</summary>
    public static Market Find(Venue venue, string symbol) =>
        venue.Markets.FirstOrDefault(market => market.Instrument.Symbol == symbol) ?? throw RestException.UnknownSymbol();

    private static Func<CallParameters, int> Of(int weight) => _ => weight;

    private static int DepthWeight(CallParameters call) => int.TryParse(call.Text("limit"), out var limit) ? limit switch
    {
        <= 100 => 5,
        <= 500 => 25,
        <= 1000 => 50,
        _ => 250,
    } : 5;

    private static Func<Venue, long, PublicValue> Depth(CallParameters call)
    {
        var (symbol, limit) = (call.Symbol(), call.Limit(100, 5000));
        return (venue, _) =>
        {
            // The live book: every change up to the id is in it, and no later one.
            var market = Find(venue, symbol);
            var (format, book) = (new PublicFormat(market.Instrument), market.Data.Book);
            var (id, bids, asks) = (book.LastUpdateId, PublicFormat.Levels(book, Side.Buy, limit), PublicFormat.Levels(book, Side.Sell, limit));
            return (json, _) =>
            {
                json.WriteStartObject();
                json.WriteNumber("lastUpdateId", id);
                format.WriteLevels(json, "bids", bids);
                format.WriteLevels(json, "asks", asks);
                json.WriteEndObject();
            };
        };
    }

    private static Func<Venue, long, PublicValue> Trades(CallParameters call, long? fromId)
    {
        var (symbol, limit) = (call.Symbol(), call.Limit(500, 1000));
        return (venue, _) =>
        {
            var market = Find(venue, symbol);
            var (format, tape) = (new PublicFormat(market.Instrument), market.Data.Tape);
            var trades = fromId is { } id ? tape.Range(tape.IndexOf(id, static trade => trade.Id), limit) : tape.Latest(limit);
            return (json, per) =>
            {
                json.WriteStartArray();
                foreach (ref readonly var trade in trades.AsSpan())
                {
                    json.WriteStartObject();
                    json.WriteNumber("id", trade.Id);
                    json.WriteString("price", format.Price(trade.Price));
                    json.WriteString("qty", format.Quantity(trade.Quantity));
                    json.WriteString("quoteQty", format.Value(trade.Price, trade.Quantity));
                    json.WriteNumber("time", trade.Time * per);
                    json.WriteBoolean("isBuyerMaker", trade.TakerSide == Side.Sell);
                    json.WriteBoolean("isBestMatch", true);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            };
        };
    }

    private static Func<Venue, long, PublicValue> Aggregates(CallParameters call)
    {
        var (symbol, limit, fromId, start, end) = (call.Symbol(), call.Limit(500, 1000), call.Number("fromId"), call.Time("startTime"), call.Time("endTime"));
        if (fromId is not null && (start ?? end) is not null) throw RestException.Combination();
        return (venue, _) =>
        {
            var market = Find(venue, symbol);
            var (format, tape) = (new PublicFormat(market.Instrument), market.Data.Aggregates);
            var first = fromId is { } id ? tape.IndexOf(id, static trade => trade.Id)
                : start is { } from ? tape.IndexOf(from, static trade => trade.Time)
                : (int?)null;
            var after = end is { } to and < long.MaxValue ? tape.IndexOf(to + 1, static trade => trade.Time) : tape.Count;
            var begin = first ?? Math.Max(0, after - limit);
            var trades = tape.Range(begin, Math.Clamp(after - begin, 0, limit));
            return (json, per) =>
            {
                json.WriteStartArray();
                foreach (ref readonly var trade in trades.AsSpan())
                {
                    json.WriteStartObject();
                    format.WriteMembers(json, trade, per);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            };
        };
    }

    private static Func<Venue, long, PublicValue> Klines(CallParameters call)
    {
        var (symbol, interval, limit, start, end) = (call.Symbol(), call.Interval(), call.Limit(500, 1000), call.Time("startTime"), call.Time("endTime"));
        return (venue, _) =>
        {
            var market = Find(venue, symbol);
            var format = new PublicFormat(market.Instrument);
            var candles = market.Data.Candles(interval).Where(candle => candle.OpenTime >= (start ?? 0) && candle.OpenTime <= (end ?? long.MaxValue));
            var found = (start is null ? candles.TakeLast(limit) : candles.Take(limit)).ToArray();
            return (json, per) =>
            {
                json.WriteStartArray();
                foreach (var candle in found) WriteKline(json, format, candle, candle.OpenTime * per, (interval.Next(candle.OpenTime) * per) - 1);
                json.WriteEndArray();
            };
        };
    }

    private static void WriteKline(Utf8JsonWriter json, PublicFormat format, in Candle candle, long openTime, long closeTime)
    {
        json.WriteStartArray();
        json.WriteNumberValue(openTime);
        json.WriteStringValue(format.Price(candle.Open));
        json.WriteStringValue(format.Price(candle.High));
        json.WriteStringValue(format.Price(candle.Low));
        json.WriteStringValue(format.Price(candle.Close));
        json.WriteStringValue(format.Quantity(candle.Volume));
        json.WriteNumberValue(closeTime);
        json.WriteStringValue(PublicFormat.Amount(candle.QuoteVolume));
        json.WriteNumberValue(candle.Count);
        json.WriteStringValue(format.Quantity(candle.TakerBuyVolume));
        json.WriteStringValue(PublicFormat.Amount(candle.TakerBuyQuoteVolume));
        json.WriteStringValue("0");
        json.WriteEndArray();
    }

    private static Func<Venue, long, PublicValue> AveragePrice(CallParameters call)
    {
        var symbol = call.Symbol();
        return (venue, _) =>
        {
            var market = Find(venue, symbol);
            var price = new PublicFormat(market.Instrument).Average(PriceWindow.Of(market.Data, Average).Total);
            var time = market.Data.Tape.Count > 0 ? market.Data.Tape[^1].Time : 0;
            return (json, per) =>
            {
                json.WriteStartObject();
                json.WriteNumber("mins", Average);
                json.WriteString("price", price);
                json.WriteNumber("closeTime", time * per);
                json.WriteEndObject();
            };
        };
    }
}
