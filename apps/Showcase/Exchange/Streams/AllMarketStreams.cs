using Showcase.Exchange.PublicData;

namespace Showcase.Exchange.Streams;

/// <summary>The streams of all symbols: arrays of the tickers that changed. Used by the writer of the exchange alone.</summary>
internal sealed class AllMarketStreams
{
    private readonly Batch _mini, _slowMini, _ticker;
    private readonly Batch[] _windows;

    public AllMarketStreams(StreamDirectory directory)
    {
        _mini = new Batch(directory.Add("!miniTicker@arr"));
        _slowMini = new Batch(directory.Add("!miniTicker@arr@3000ms"));
        _ticker = new Batch(directory.Add("!ticker@arr"));
        _windows = [.. StreamDirectory.Windows.Select(window => new Batch(directory.Add($"!ticker_{window.Name}@arr")))];
    }

    /// <summary>Whether a stream of 24-hour tickers has a subscriber.</summary>
    public bool IsWatchedForDay => _mini.IsWatched || _slowMini.IsWatched || _ticker.IsWatched;

    /// <summary>Whether the stream of a window has a subscriber.</summary>
    public bool IsWatchedFor(int window) => _windows[window].IsWatched;

    /// <summary>Adds the 24-hour tickers of a symbol that changed.</summary>
    public void Add(string symbol, PublicValue mini, PublicValue ticker)
    {
        _mini.Add(symbol, mini);
        _ticker.Add(symbol, ticker);
        _slowMini.Add(symbol, mini);
    }

    /// <summary>Adds the ticker of a window of a symbol that changed.</summary>
    public void Add(int window, string symbol, PublicValue ticker) => _windows[window].Add(symbol, ticker);

    /// <summary>Publishes the arrays that are due.</summary>
    public void Publish(in DuePeriods due)
    {
        if (due.ThreeSeconds) _slowMini.Publish();
        if (!due.Second) return;
        _mini.Publish();
        _ticker.Publish();
        foreach (var window in _windows) window.Publish();
    }

    /// <summary>The tickers to publish as one array.</summary>
    private sealed class Batch(MarketStream stream)
    {
        private readonly Dictionary<string, PublicValue> _values = [];

        public bool IsWatched => stream.IsWatched;

        public void Add(string symbol, PublicValue value)
        {
            if (IsWatched) _values[symbol] = value;
        }

        public void Publish()
        {
            // An array has the symbols that changed alone, so a slow subscriber skips none of them.
            if (_values.Count > 0) stream.Publish(PublicJson.Array([.. _values.Values]));
            _values.Clear();
        }
    }
}
