using System.Text.Json;
using Showcase.Exchange.Candles;
using Showcase.Exchange.PublicData;
using Showcase.Exchange.Tickers;

namespace Showcase.Exchange.Rest;

/// <summary>The calls for statistics and prices of one, several or all symbols.</summary>
internal static class TickerCalls
{
    private const int DayMinutes = 24 * 60, FewSymbols = 20, ManySymbols = 100, WindowSymbolWeight = 4, MaxWindowWeight = 200;

    private static readonly (string, string, string, string) BestNames = ("bidPrice", "bidQty", "askPrice", "askQty");

    public static int DayWeight(CallParameters call) => CountOf(call) switch
    {
        <= FewSymbols => 2,
        <= ManySymbols => 40,
        _ => 80,
    };

    public static int WindowWeight(CallParameters call) => CountOf(call) is var count && count == int.MaxValue ? WindowSymbolWeight : Math.Min(count * WindowSymbolWeight, MaxWindowWeight);

    public static int PriceWeight(CallParameters call) => call.Has("symbol") ? 2 : 4;

    public static Func<Venue, long, PublicValue> Day(CallParameters call)
    {
        var isFull = IsFull(call);
        return ForEach(call, isRequired: false, (market, now) =>
        {
            var (window, best) = (PriceWindow.Of(market.Data, DayMinutes), BestLevels.Of(market.Data.Book));
            var lastQuantity = market.Data.Tape.Count > 0 ? market.Data.Tape[^1].Quantity : 0;
            return Statistics(market, window, now, isFull, (json, format) =>
            {
                json.WriteString("prevClosePrice", format.Price(window.PreviousClose));
                json.WriteString("lastPrice", format.Price(window.Total.Close));
                json.WriteString("lastQty", format.Quantity(lastQuantity));
                format.WriteBest(json, best, BestNames);
            });
        });
    }

    public static Func<Venue, long, PublicValue> TradingDay(CallParameters call)
    {
        var (isFull, day) = (IsFull(call), CandleInterval.Find("1d")! with { Offset = call.TimeZone() });
        return ForEach(call, isRequired: true, (market, now) =>
            Statistics(market, PriceWindow.Of(market.Data, (int)((now - day.OpenTimeOf(now)) / 60_000) + 1), now, isFull));
    }

    public static Func<Venue, long, PublicValue> Window(CallParameters call)
    {
        var (isFull, minutes) = (IsFull(call), call.Window());
        return ForEach(call, isRequired: true, (market, now) => Statistics(market, PriceWindow.Of(market.Data, minutes), now, isFull));
    }

    public static Func<Venue, long, PublicValue> Price(CallParameters call) => ForEach(call, isRequired: false, static (market, _) =>
    {
        var price = new PublicFormat(market.Instrument).Price(market.Data.LastPrice);
        return (json, _) =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", market.Instrument.Symbol);
            json.WriteString("price", price);
            json.WriteEndObject();
        };
    });

    public static Func<Venue, long, PublicValue> Best(CallParameters call) => ForEach(call, isRequired: false, static (market, _) =>
    {
        var (best, format) = (BestLevels.Of(market.Data.Book), new PublicFormat(market.Instrument));
        return (json, _) =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", format.Symbol);
            format.WriteBest(json, best, BestNames);
            json.WriteEndObject();
        };
    });

    private static Func<Venue, long, PublicValue> ForEach(CallParameters call, bool isRequired, Func<Market, long, PublicValue> valueOf)
    {
        var (symbols, isOne) = (call.Symbols(), call.Has("symbol"));
        if (isRequired && symbols is null) throw RestException.Missing("symbol");

        // Every listed symbol is traded.
        var isTrading = call.OneOf("symbolStatus", "TRADING", "HALT", "BREAK") == "TRADING";
        return (venue, now) =>
        {
            PublicValue[] values = [.. (symbols is null ? venue.Markets : symbols.Select(symbol => MarketCalls.Find(venue, symbol))).Select(market => valueOf(market, now))];
            if (isTrading) return isOne ? values[0] : PublicJson.Array(values);
            return symbols is null ? PublicJson.Array([]) : throw new RestException(-1220, "The symbol's status does not match the requested symbolStatus.");
        };
    }

    private static PublicValue Statistics(Market market, PriceWindow window, long now, bool isFull, Action<Utf8JsonWriter, PublicFormat>? latest = null)
    {
        var format = new PublicFormat(market.Instrument);
        return (json, per) =>
        {
            var total = window.Total;
            json.WriteStartObject();
            json.WriteString("symbol", format.Symbol);
            if (isFull)
            {
                json.WriteString("priceChange", format.Price(window.Change));
                json.WriteString("priceChangePercent", PublicFormat.Percent(total.Open, total.Close));
                json.WriteString("weightedAvgPrice", format.Average(total));
                latest?.Invoke(json, format);
            }

            json.WriteString("openPrice", format.Price(total.Open));
            json.WriteString("highPrice", format.Price(total.High));
            json.WriteString("lowPrice", format.Price(total.Low));
            if (latest is null || !isFull) json.WriteString("lastPrice", format.Price(total.Close));
            json.WriteString("volume", format.Quantity(total.Volume));
            json.WriteString("quoteVolume", PublicFormat.Amount(total.QuoteVolume));
            json.WriteNumber("openTime", total.OpenTime * per);
            json.WriteNumber("closeTime", now * per);
            json.WriteNumber("firstId", total.FirstId);
            json.WriteNumber("lastId", total.LastId);
            json.WriteNumber("count", total.Count);
            json.WriteEndObject();
        };
    }

    private static bool IsFull(CallParameters call) => call.OneOf("type", "FULL", "MINI") == "FULL";

    // Without a symbol the call is for all of them.
    private static int CountOf(CallParameters call) => call.Has("symbol") ? 1 : call.Text("symbols") is { } symbols ? symbols.Count(static letter => letter == ',') + 1 : int.MaxValue;
}
