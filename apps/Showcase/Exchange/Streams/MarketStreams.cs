using System.Runtime.InteropServices;
using Showcase.Exchange.Candles;
using Showcase.Exchange.Matching;
using Showcase.Exchange.PublicData;
using Showcase.Exchange.Tickers;

namespace Showcase.Exchange.Streams;

/// <summary>Publishes the streams of one symbol. Used by the writer of the exchange alone.</summary>
internal sealed class MarketStreams : IMarketObserver
{
    private const int Day = 24 * 60, Average = 5;

    private readonly MarketData _data;
    private readonly string _symbol;
    private readonly StreamPayloads _payloads;
    private readonly MarketStream _trade, _aggregate, _best, _mini, _ticker, _average;
    private readonly DepthStreams _fastDepth, _slowDepth;
    private readonly (MarketStream Stream, string Event, int Minutes)[] _windows;
    private readonly (MarketStream Stream, CandleSeries Series)[] _klines;
    private readonly Candle[] _published;
    private BestLevels _lastBest;
    private bool _hasChanged;
    private long _now;

    public MarketStreams(Market market, StreamDirectory directory)
    {
        (_data, _symbol) = (market.Data, market.Instrument.Symbol);
        _payloads = new StreamPayloads(new PublicFormat(market.Instrument));
        var symbol = _symbol.ToLowerInvariant();
        (_trade, _aggregate, _best) = (Stream("trade"), Stream("aggTrade"), Stream("bookTicker"));
        (_mini, _ticker, _average) = (Stream("miniTicker"), Stream("ticker"), Stream("avgPrice"));
        _fastDepth = new DepthStreams(_data.Book, _payloads, name => Stream(name), ["@100ms"]);
        _slowDepth = new DepthStreams(_data.Book, _payloads, name => Stream(name), ["", "@1000ms"]);
        _windows = [.. StreamDirectory.Windows.Select(window => (Stream($"ticker_{window.Name}"), $"{window.Name}Ticker", window.Minutes))];
        _klines = [.. CandleInterval.All.SelectMany(interval => (string[])[interval.Name, interval.Name + CandleInterval.East8Suffix])
            .Select(name => (Stream($"kline_{name}"), _data.Find(name) ?? _data.Find(name.Replace(CandleInterval.East8Suffix, "", StringComparison.Ordinal))!))];
        _published = new Candle[_klines.Length];

        MarketStream Stream(string kind) => directory.Add($"{symbol}@{kind}");
    }

    public void OnExecuted(Execution execution)
    {
        _hasChanged = true;
        _fastDepth.Add(execution);
        _slowDepth.Add(execution);
        if (_trade.IsWatched)
            foreach (ref readonly var trade in CollectionsMarshal.AsSpan(execution.Trades)) _trade.Publish(_payloads.Trade(trade));
        if (_aggregate.IsWatched && execution.Trades.Count > 0)
        {
            var start = _data.Aggregates.IndexOf(execution.Trades[0].Id, static trade => trade.FirstId);
            foreach (var trade in _data.Aggregates.Range(start, execution.Trades.Count)) _aggregate.Publish(_payloads.Aggregate(trade));
        }

        if (!_best.IsWatched || execution.Levels.Count == 0) return;
        var best = BestLevels.Of(_data.Book);
        if ((best.Bid, best.Ask) == (_lastBest.Bid, _lastBest.Ask)) return;
        _lastBest = best;
        _best.Publish(_payloads.Best(best), isConflated: true);
    }

    public void OnClosed(CandleSeries series, in Candle candle)
    {
        foreach (var (stream, source) in _klines)
            if (source == series && stream.IsWatched)
                stream.Publish(_payloads.Kline(source.Interval, candle, isClosed: true, Math.Max(_now, source.Interval.Next(candle.OpenTime))));
    }

    /// <summary>Publishes what is due.</summary>
    /// <param name="due">The periods that have begun.</param>
    /// <param name="all">The streams of all symbols.</param>
    public void Publish(in DuePeriods due, AllMarketStreams all)
    {
        _now = due.Now;
        if (due.Tenth) _fastDepth.Publish(due);
        if (!due.Second) return;
        _slowDepth.Publish(due);
        PublishKlines(due);
        if (_average.IsWatched && _data.Tape.Count > 0)
            _average.Publish(_payloads.Average(PriceWindow.Of(_data, Average), _data.Tape[^1].Time, due.Now), isConflated: true);
        if (_hasChanged) PublishTickers(due.Now, all);
        _hasChanged = false;
    }

    private void PublishKlines(in DuePeriods due)
    {
        for (var i = 0; i < _klines.Length; i++)
        {
            var (stream, series) = _klines[i];
            var isDue = due.TwoSeconds || series.Interval.Milliseconds == 1000;
            if (!isDue || !stream.IsWatched || series.Count == 0 || series.Current == _published[i]) continue;
            _published[i] = series.Current;
            stream.Publish(_payloads.Kline(series.Interval, series.Current, isClosed: false, due.Now), isConflated: true);
        }
    }

    private void PublishTickers(long now, AllMarketStreams all)
    {
        if (_mini.IsWatched || _ticker.IsWatched || all.IsWatchedForDay)
        {
            var window = PriceWindow.Of(_data, Day);
            var lastQuantity = _data.Tape.Count > 0 ? _data.Tape[^1].Quantity : 0;
            var (mini, ticker) = (_payloads.MiniTicker(window, now), _payloads.Ticker("24hrTicker", window, now, lastQuantity, BestLevels.Of(_data.Book)));
            _mini.Publish(mini, isConflated: true);
            _ticker.Publish(ticker, isConflated: true);
            all.Add(_symbol, mini, ticker);
        }

        for (var i = 0; i < _windows.Length; i++)
        {
            var (stream, name, minutes) = _windows[i];
            if (!stream.IsWatched && !all.IsWatchedFor(i)) continue;
            var payload = _payloads.Ticker(name, PriceWindow.Of(_data, minutes), now);
            stream.Publish(payload, isConflated: true);
            all.Add(i, _symbol, payload);
        }
    }
}
