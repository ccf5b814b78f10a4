using System.Runtime.InteropServices;
using System.Text.Json;
using Showcase.Exchange.Books;
using Showcase.Exchange.Candles;
using Showcase.Exchange.Matching;
using Showcase.Exchange.Trades;
using Showcase.Exchange.Wire;

namespace Showcase.Exchange;

/// <summary>The public data of a market: the tape, the candles, the 24-hour statistics and the changes of the book.</summary>
public sealed class MarketData(Instrument instrument, OrderBook book, MessageFormat format, Outbox outbox)
{
    private const int KeptCandles = 1500, KeptTrades = 20_000, SnapshotLevels = 1000, DepthLevels = 10;
    private const long CandleMilliseconds = 250, TickerMilliseconds = 100, DepthMilliseconds = 100;

    private readonly string _bookChannel = $"book:{instrument.Symbol}";
    private readonly string _depthChannel = $"depth:{instrument.Symbol}";
    private readonly string _tradesChannel = $"trades:{instrument.Symbol}";
    private readonly string _tickerChannel = $"ticker:{instrument.Symbol}";
    private readonly string[] _klineChannels = [.. CandleInterval.All.Select(interval => $"kline:{instrument.Symbol}@{interval.Name}")];
    private readonly BookDiff _diff = new();
    private readonly List<Candle> _closed = [];
    private long _candlesDue, _tickerDue, _depthDue, _lastAggregate;
    private bool _hasTraded, _hasMoved, _hasDepthMoved;
    private volatile byte[]? _snapshot;

    /// <summary>The candles by interval: those of <see cref="CandleInterval.All"/>, then those of <see cref="CandleInterval.East8"/>.</summary>
    public CandleSeries[] Series { get; } =
        [.. CandleInterval.All.Concat(CandleInterval.East8).Select(interval => new CandleSeries(interval, KeptCandles))];

    /// <summary>Observes the market's executions and closed candles; null for none. Called by the writer.</summary>
    public IMarketObserver? Observer { get; set; }

    /// <summary>The resting orders.</summary>
    public OrderBook Book { get; } = book;

    /// <summary>The latest trades.</summary>
    public TradeTape<Trade> Tape { get; } = new(KeptTrades);

    /// <summary>The latest aggregate trades.</summary>
    public TradeTape<AggregateTrade> Aggregates { get; } = new(KeptTrades);

    /// <summary>
    /// A snapshot of the book as JSON, to which every unpublished change applies, or null when there is none. Safe from any
    /// thread: a subscriber that joined the book's channel before reading it receives every change that follows it.
    /// </summary>
    public byte[]? LatestSnapshot => _snapshot;

    /// <summary>Returns the snapshot of the book, and creates it when there is none: at most once between two publications of changes.</summary>
    public byte[] Snapshot() => _snapshot ??=
        JsonSerializer.SerializeToUtf8Bytes(format.Snapshot(Book, SnapshotLevels), ExchangeJson.Default.BookSnapshotMessage);

    /// <summary>Returns the series of an interval by its name, or null when the name is unknown.</summary>
    public CandleSeries? Find(string? interval) => Array.Find(Series, series => series.Interval.Name == interval);

    /// <summary>The price of the latest trade in ticks; before the first, that of the generated candles; 0 without either.</summary>
    public long LastPrice => Series[0].Count == 0 ? 0 : Series[0].Current.Close;

    /// <summary>
    /// Returns the candles of an interval in its time zone, oldest first. Where no series has its borders, they consist of
    /// the candles of an hour, or of a quarter of one; the first of them is whole.
    /// </summary>
    public IEnumerable<Candle> Candles(CandleInterval interval)
    {
        var same = interval.IsAlignedToUtc ? Find(interval.Name) : Find(interval.Name + CandleInterval.East8Suffix) is { } east && east.Interval.Offset == interval.Offset ? east : null;
        return same is not null ? same.Latest(same.Count) : Merged(interval, Find(interval.Offset % Find("1h")!.Interval.Milliseconds == 0 ? "1h" : "15m")!);
    }

    /// <summary>Records the outcome of a command.</summary>
    public void Record(Execution execution)
    {
        foreach (ref readonly var change in CollectionsMarshal.AsSpan(execution.Levels)) _diff.Add(change);
        if (execution.Trades.Count > 0) RecordTrades(execution);
        Observer?.OnExecuted(execution);
    }

    /// <summary>Publishes the due messages, and the changes of the book at each tick. The writer calls it between commands, so every diff is complete.</summary>
    public void Publish(long now)
    {
        CloseCandles(now);
        if (!_diff.IsEmpty)
        {
            _hasMoved = _hasDepthMoved = true;

            // The snapshot is removed before the changes it lacks are published, so no subscriber can read it and miss them.
            _snapshot = null;
            outbox.Add(_bookChannel, format.Diff(_diff, now), ExchangeJson.Default.BookDiffMessage);
            _diff.Clear();
        }

        if (now >= _depthDue && _hasDepthMoved)
        {
            _depthDue = now + DepthMilliseconds;
            _hasDepthMoved = false;
            outbox.Add(_depthChannel, Depth(now), ExchangeJson.Default.DepthMessage);
        }

        if (now >= _candlesDue && _hasTraded)
        {
            _candlesDue = now + CandleMilliseconds;
            _hasTraded = false;
            for (var i = 0; i < _klineChannels.Length; i++) PublishCandle(i, Series[i].Current, isClosed: false);
        }

        if (now >= _tickerDue && _hasMoved)
        {
            _tickerDue = now + TickerMilliseconds;
            _hasMoved = false;
            outbox.Add(_tickerChannel, Ticker(now), ExchangeJson.Default.TickerMessage);
        }
    }

    /// <summary>Returns the 24-hour statistics at a time.</summary>
    public TickerMessage Ticker(long now) =>
        format.Ticker(Tickers.Ticker.Of(Find("1m")!), Book.BestBid, Book.BestAsk, now);

    /// <summary>Returns the best levels of the book and the latest trade.</summary>
    public DepthMessage Depth(long now)
    {
        var latest = Tape.Latest(1);
        return format.Depth(Book, DepthLevels, latest.Length == 0 ? null : latest[0], now);
    }

    private static IEnumerable<Candle> Merged(CandleInterval interval, CandleSeries parts)
    {
        Candle? merged = null;
        foreach (var part in parts.Latest(parts.Count))
        {
            var open = interval.OpenTimeOf(part.OpenTime);
            if (merged is { } earlier && earlier.OpenTime == open)
            {
                merged = earlier.Then(part);
                continue;
            }

            if (merged is { } whole) yield return whole;

            // Candles before the first border belong to an interval whose beginning is not retained.
            merged = merged is not null || open == part.OpenTime ? part with { OpenTime = open } : null;
        }

        if (merged is { } last) yield return last;
    }

    private void RecordTrades(Execution execution)
    {
        foreach (ref readonly var trade in CollectionsMarshal.AsSpan(execution.Trades))
        {
            Tape.Add(trade);
            AddToCandles(Candle.Of(trade, instrument));
        }

        foreach (var part in AggregatesOf(execution.Trades)) Aggregates.Add(part);
        _hasTraded = true;
        outbox.Add(
            _tradesChannel,
            new TradesMessage([.. execution.Trades.Select(trade => format.Trade(trade))]),
            ExchangeJson.Default.TradesMessage);
    }

    // One for each price that the taker order traded at. As there are never more of them than of trades, an id stays below
    // that of the last trade, and after a restart they begin where the trades begin.
    private IEnumerable<AggregateTrade> AggregatesOf(List<Trade> trades)
    {
        for (int start = 0, end; start < trades.Count; start = end)
        {
            var first = trades[start];
            var quantity = first.Quantity;
            for (end = start + 1; end < trades.Count && trades[end].Price == first.Price; end++) quantity += trades[end].Quantity;
            _lastAggregate = _lastAggregate == 0 ? first.Id : _lastAggregate + 1;
            yield return new AggregateTrade(
                _lastAggregate, first.Price, quantity, first.Id, trades[end - 1].Id, first.Time, first.TakerSide == Side.Sell);
        }
    }

    private void AddToCandles(in Candle trade)
    {
        for (var i = 0; i < Series.Length; i++)
        {
            Series[i].Add(trade, _closed);
            PublishClosed(i);
        }
    }

    private void CloseCandles(long now)
    {
        for (var i = 0; i < Series.Length; i++)
        {
            Series[i].Advance(now, _closed);
            if (_closed.Count == 0) continue;
            PublishClosed(i);

            // Without a trade nothing else brings an open page the candle with which a page that is opened now begins.
            PublishCandle(i, Series[i].Current, isClosed: false);
        }
    }

    private void PublishClosed(int index)
    {
        foreach (var candle in _closed)
        {
            PublishCandle(index, candle, isClosed: true);
            Observer?.OnClosed(Series[index], candle);
        }

        _closed.Clear();
    }

    private void PublishCandle(int index, in Candle candle, bool isClosed)
    {
        // The hub has no channels of the candles at UTC+8.
        if (index >= _klineChannels.Length) return;
        outbox.Add(_klineChannels[index], format.Candle(candle, isClosed), ExchangeJson.Default.CandleMessage, $"{candle.OpenTime}");
    }
}
