using System.Buffers;
using System.Collections.Frozen;
using Showcase.Exchange.Candles;

namespace Showcase.Exchange.Streams;

/// <summary>All streams by name. Complete before the first connection, and then safe from any thread.</summary>
internal sealed class StreamDirectory
{
    private const int MaxSymbolLength = 20;

    private static readonly string[] Kinds =
        ["trade", "aggTrade", "bookTicker", "miniTicker", "ticker", "avgPrice", "referencePrice", "blockTrade"];

    private static readonly SearchValues<char> Symbol =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly (string Name, int Minutes)[] RollingWindows = [("1h", 60), ("4h", 240), ("1d", 1440)];

    private static readonly FrozenSet<string> AllKinds = FrozenSet.Create(
    [
        .. Kinds,
        .. RollingWindows.Select(static window => $"ticker_{window.Name}"),
        .. CandleInterval.All.SelectMany(static interval => (string[])[$"kline_{interval.Name}", $"kline_{interval.Name}{CandleInterval.East8Suffix}"]),
        .. ((string[])["depth", "depth5", "depth10", "depth20"]).SelectMany(static depth => (string[])[depth, $"{depth}@100ms", $"{depth}@1000ms"]),
    ]);

    private readonly Dictionary<string, MarketStream> _streams = [];

    /// <summary>The windows of the rolling tickers.</summary>
    public static IReadOnlyList<(string Name, int Minutes)> Windows => RollingWindows;

    /// <summary>Adds a stream.</summary>
    public MarketStream Add(string name) => _streams[name] = new MarketStream(name);

    /// <summary>Returns a stream, or null when there is none of this name.</summary>
    public MarketStream? Find(string name) => _streams.GetValueOrDefault(name);

    /// <summary>Returns whether a name is that of a stream of some symbol. A client may subscribe to one of a symbol that is not listed: it has no events.</summary>
    public bool IsWellFormed(string name)
    {
        if (_streams.ContainsKey(name)) return true;
        var at = name.IndexOf('@', StringComparison.Ordinal);
        return at is > 0 and <= MaxSymbolLength && name.AsSpan(0, at).IndexOfAnyExcept(Symbol) < 0 && AllKinds.Contains(name[(at + 1)..]);
    }
}
