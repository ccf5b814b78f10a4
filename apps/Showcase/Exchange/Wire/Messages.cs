using System.Text.Json.Serialization;

namespace Showcase.Exchange.Wire;

// The messages on the wire, which docs/protocol/exchange.md lists. Prices and amounts are decimal strings.

public sealed record OrderMessage(
    long Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientOrderId,
    string Symbol,
    string Side,
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Price,
    string Quantity,
    string Filled,
    string QuoteFilled,
    string Status,
    long Time,
    long Updated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StopPrice,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Waiting);

public sealed record FillMessage(
    long Id, long OrderId, string Symbol, string Side, string Price, string Quantity,
    string Fee, string FeeAsset, long Time, bool Maker);

public sealed record BalanceMessage(string Asset, string Free, string Locked);

public sealed record TradeMessage(long Id, string Price, string Quantity, long Time, bool BuyerIsMaker);

public sealed record CandleMessage(
    long OpenTime, string Open, string High, string Low, string Close, string Volume, long Count, bool Closed);

public sealed record TickerMessage(
    string Symbol, string Last, string Open, string High, string Low, string Volume, string QuoteVolume,
    string Change, string ChangePercent, string? Bid, string? Ask, long Time, long Count);

public sealed record BookSnapshotMessage(long Id, string[][] Bids, string[][] Asks);

public sealed record BookDiffMessage(long First, long Last, long Time, string[][] Bids, string[][] Asks);

public sealed record DepthMessage(
    long Id,
    long Time,
    string[][] Bids,
    string[][] Asks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TradeMessage? Trade);

public sealed record TradesMessage(IReadOnlyList<TradeMessage> Trades);

public sealed record OrderEvent(OrderMessage Order, string Type = "order");

public sealed record FillEvent(FillMessage Fill, string Type = "fill");

public sealed record BalancesEvent(IReadOnlyList<BalanceMessage> Balances, string Type = "balances");
