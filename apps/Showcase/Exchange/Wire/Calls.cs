namespace Showcase.Exchange.Wire;

// The parameters and results of the calls, which docs/protocol/exchange.md lists.

public sealed record PlaceOrderParams(
    string? Symbol, string? Side, string? Type, string? Price, string? Quantity, string? QuoteQuantity,
    string? TimeInForce, string? ClientOrderId, string? StopPrice = null, string? SelfTradePrevention = null, long? Replaces = null);

public sealed record CancelOrderParams(string? Symbol, long? Id);

public sealed record SymbolParams(string? Symbol);

public sealed record ListParams(string? Symbol, int? Limit);

public sealed record KlinesParams(string? Symbol, string? Interval, int? Limit, long? EndTime);

public sealed record SymbolInfo(
    string Symbol, string Base, string Quote, string TickSize, string StepSize, string MinNotional,
    string MaxPrice, string MaxQuantity, string MakerFee, string TakerFee);

public sealed record InfoResult(long ServerTime, long LiveSince, IReadOnlyList<SymbolInfo> Symbols);

public sealed record KlinesResult(IReadOnlyList<CandleMessage> Klines);

public sealed record TickersResult(IReadOnlyList<TickerMessage> Tickers);

public sealed record PlacedResult(OrderMessage Order, IReadOnlyList<FillMessage> Fills);

public sealed record CanceledResult(OrderMessage Order);

public sealed record OrdersResult(IReadOnlyList<OrderMessage> Orders);

public sealed record FillsResult(IReadOnlyList<FillMessage> Fills);

public sealed record BalancesResult(IReadOnlyList<BalanceMessage> Balances);
