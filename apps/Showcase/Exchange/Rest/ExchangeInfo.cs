using System.Text.Json;
using Showcase.Exchange.Matching;
using Showcase.Exchange.PublicData;

namespace Showcase.Exchange.Rest;

/// <summary>The call for the rules of the exchange: its rate limits, its symbols and their filters.</summary>
internal static class ExchangeInfo
{
    private static readonly string[] OrderTypes = ["LIMIT", "LIMIT_MAKER", "MARKET"];

    private static readonly string[] Unsupported =
    [
        "icebergAllowed", "ocoAllowed", "otoAllowed", "opoAllowed", "allowTrailingStop", "cancelReplaceAllowed", "amendAllowed",
        "pegInstructionsAllowed", "isMarginTradingAllowed",
    ];

    public static Func<Venue, long, PublicValue> Prepare(CallParameters call, RestOptions limits)
    {
        var symbols = call.Symbols();
        var hasFilter = call.Has("permissions") || call.Has("symbolStatus");
        if (symbols is not null && hasFilter) throw RestException.Combination();
        var isEmpty = !IncludesSpot(call.Text("permissions")) || call.OneOf("symbolStatus", "TRADING", "HALT", "BREAK") != "TRADING";
        var hasPermissionSets = call.Flag("showPermissionSets") ?? true;
        return (venue, now) =>
        {
            Market[] markets = isEmpty ? [] : symbols is null ? [.. venue.Markets] : [.. symbols.Select(symbol => MarketCalls.Find(venue, symbol))];
            return (json, per) =>
            {
                json.WriteStartObject();
                json.WriteString("timezone", "UTC");
                json.WriteNumber("serverTime", now * per);
                json.WriteStartArray("rateLimits");
                WriteLimit(json, "REQUEST_WEIGHT", "MINUTE", 1, limits.WeightPerMinute);
                WriteLimit(json, "RAW_REQUESTS", "MINUTE", 5, limits.RequestsPerFiveMinutes);
                json.WriteEndArray();
                json.WriteStartArray("exchangeFilters");
                json.WriteEndArray();
                json.WriteStartArray("symbols");
                foreach (var market in markets) WriteSymbol(json, market.Instrument, hasPermissionSets);
                json.WriteEndArray();
                json.WriteEndObject();
            };
        };
    }

    private static bool IncludesSpot(string? permissions) => permissions is null || permissions.Trim('[', ']').Split(',').Any(static name => name.Trim('"') == "SPOT");

    private static void WriteLimit(Utf8JsonWriter json, string type, string interval, int count, int limit)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType", type);
        json.WriteString("interval", interval);
        json.WriteNumber("intervalNum", count);
        json.WriteNumber("limit", limit);
        json.WriteEndObject();
    }

    private static void WriteSymbol(Utf8JsonWriter json, Instrument instrument, bool hasPermissionSets)
    {
        var format = new PublicFormat(instrument);
        json.WriteStartObject();
        json.WriteString("symbol", instrument.Symbol);
        json.WriteString("status", "TRADING");
        json.WriteString("baseAsset", Listings.Assets[instrument.Base]);
        json.WriteNumber("baseAssetPrecision", Instrument.AmountDecimals);
        json.WriteString("quoteAsset", Listings.Assets[instrument.Quote]);
        foreach (var name in (string[])["quotePrecision", "quoteAssetPrecision", "baseCommissionPrecision", "quoteCommissionPrecision"])
            json.WriteNumber(name, Instrument.AmountDecimals);
        WriteStrings(json, "orderTypes", OrderTypes);
        json.WriteBoolean("quoteOrderQtyMarketAllowed", true);
        json.WriteBoolean("isSpotTradingAllowed", true);
        foreach (var name in Unsupported) json.WriteBoolean(name, false);
        WriteFilters(json, instrument, format);
        WriteStrings(json, "permissions", []);
        if (hasPermissionSets)
        {
            json.WriteStartArray("permissionSets");
            json.WriteStartArray();
            json.WriteStringValue("SPOT");
            json.WriteEndArray();
            json.WriteEndArray();
        }

        json.WriteString("defaultSelfTradePreventionMode", "EXPIRE_MAKER");
        WriteStrings(json, "allowedSelfTradePreventionModes", ["EXPIRE_MAKER"]);
        json.WriteEndObject();
    }

    private static void WriteFilters(Utf8JsonWriter json, Instrument instrument, PublicFormat format)
    {
        json.WriteStartArray("filters");
        WriteRange(json, "PRICE_FILTER", ("minPrice", format.Price(1)), ("maxPrice", format.Price(instrument.MaxPrice)), ("tickSize", format.Price(1)));
        foreach (var name in (string[])["LOT_SIZE", "MARKET_LOT_SIZE"])
            WriteRange(json, name, ("minQty", format.Quantity(1)), ("maxQty", format.Quantity(instrument.MaxQuantity)), ("stepSize", format.Quantity(1)));
        json.WriteStartObject();
        json.WriteString("filterType", "NOTIONAL");
        json.WriteString("minNotional", PublicFormat.Amount(instrument.MinNotional));
        json.WriteBoolean("applyMinToMarket", true);
        json.WriteString("maxNotional", format.Value(instrument.MaxPrice, instrument.MaxQuantity));
        json.WriteBoolean("applyMaxToMarket", false);
        json.WriteNumber("avgPriceMins", 0);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteRange(Utf8JsonWriter json, string type, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject();
        json.WriteString("filterType", type);
        foreach (var (name, value) in members) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
