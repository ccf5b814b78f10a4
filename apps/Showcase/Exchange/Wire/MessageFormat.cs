using Showcase.Exchange.Books;
using Showcase.Exchange.Candles;
using Showcase.Exchange.Matching;
using Showcase.Exchange.Tickers;

namespace Showcase.Exchange.Wire;

/// <summary>Converts the integers of one symbol to messages with decimal strings.</summary>
public sealed class MessageFormat(Instrument instrument)
{
    public TradeMessage Trade(in Trade trade) =>
        new(trade.Id, Price(trade.Price), Quantity(trade.Quantity), trade.Time, trade.TakerSide == Side.Sell);

    public OrderMessage Order(in OrderState order, string? clientOrderId) => new(
        order.Id,
        clientOrderId,
        instrument.Symbol,
        SideName(order.Side),
        TypeName(order.Type),
        order.Type == OrderType.Market ? null : Price(order.Price),
        Quantity(order.Quantity),
        Quantity(order.Filled),
        Amount(order.QuoteFilled),
        StatusName(order.Status),
        order.Time,
        order.Updated,
        order.StopPrice == 0 ? null : Price(order.StopPrice),
        order.IsWaiting);

    public FillMessage Fill(in Trade trade, bool isMaker)
    {
        var buys = (trade.TakerSide == Side.Buy) != isMaker;
        return new FillMessage(
            trade.Id,
            isMaker ? trade.MakerOrder : trade.TakerOrder,
            instrument.Symbol,
            SideName(buys ? Side.Buy : Side.Sell),
            Price(trade.Price),
            Quantity(trade.Quantity),
            Amount(isMaker ? trade.MakerFee : trade.TakerFee),
            Listings.Assets[buys ? instrument.Base : instrument.Quote],
            trade.Time,
            isMaker);
    }

    public CandleMessage Candle(in Candle candle, bool isClosed) => new(
        candle.OpenTime, Price(candle.Open), Price(candle.High), Price(candle.Low), Price(candle.Close),
        Quantity(candle.Volume), candle.Count, isClosed);

    public TickerMessage Ticker(in Ticker ticker, long? bid, long? ask, long time) => new(
        instrument.Symbol, Price(ticker.Last), Price(ticker.Open), Price(ticker.High), Price(ticker.Low),
        Quantity(ticker.Volume), Amount(ticker.QuoteVolume),
        Price(ticker.Last - ticker.Open), FixedPoint.Format(ticker.ChangeBasisPoints, 2),
        bid is null ? null : Price(bid.Value), ask is null ? null : Price(ask.Value), time, ticker.Count);

    public BookSnapshotMessage Snapshot(OrderBook book, int depth) =>
        new(book.LastUpdateId, Levels(book, Side.Buy, depth), Levels(book, Side.Sell, depth));

    public DepthMessage Depth(OrderBook book, int levels, in Trade? latest, long time) => new(
        book.LastUpdateId, time, Levels(book, Side.Buy, levels), Levels(book, Side.Sell, levels), latest is { } trade ? Trade(trade) : null);

    public BookDiffMessage Diff(BookDiff diff, long time) =>
        new(diff.First, diff.Last, time, Levels(diff.Bids), Levels(diff.Asks));

    public SymbolInfo Info() => new(
        instrument.Symbol,
        Listings.Assets[instrument.Base],
        Listings.Assets[instrument.Quote],
        Price(1),
        Quantity(1),
        Amount(instrument.MinNotional),
        Price(instrument.MaxPrice),
        Quantity(instrument.MaxQuantity),
        FixedPoint.FormatShort(instrument.MakerFee, 6),
        FixedPoint.FormatShort(instrument.TakerFee, 6));

    public string Price(long ticks) => FixedPoint.Format(ticks, instrument.PriceDecimals);

    public string Quantity(long steps) => FixedPoint.Format(steps, instrument.QuantityDecimals);

    public static string Amount(long units) => FixedPoint.FormatShort(units, Instrument.AmountDecimals);

    private string[][] Levels(OrderBook book, Side side, int depth)
    {
        var levels = new string[Math.Min(depth, book.LevelCount(side))][];
        for (var i = 0; i < levels.Length; i++)
        {
            var (price, quantity) = book.LevelAt(side, i);
            levels[i] = [Price(price), Quantity(quantity)];
        }

        return levels;
    }

    private string[][] Levels(IReadOnlyDictionary<long, long> changes) =>
        [.. changes.Select(change => (string[])[Price(change.Key), change.Value == 0 ? "0" : Quantity(change.Value)])];

    private static string SideName(Side side) => side == Side.Buy ? "buy" : "sell";

    private static string TypeName(OrderType type) => type switch
    {
        OrderType.Limit => "limit",
        OrderType.Market => "market",
        OrderType.StopLossLimit => "stopLossLimit",
        _ => "takeProfitLimit",
    };

    private static string StatusName(OrderStatus status) => status switch
    {
        OrderStatus.New => "new",
        OrderStatus.PartiallyFilled => "partiallyFilled",
        OrderStatus.Filled => "filled",
        OrderStatus.Canceled => "canceled",
        _ => "expired",
    };
}
