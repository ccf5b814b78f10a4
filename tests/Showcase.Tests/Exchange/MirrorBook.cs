using System.Globalization;
using System.Text.Json;

namespace Showcase.Tests.Exchange;

/// <summary>A client's book, kept as docs/protocol/exchange.md tells: a snapshot, then the changes. It fails on a gap or a crossing.</summary>
internal sealed class MirrorBook
{
    private readonly SortedDictionary<decimal, string> _bids = [];
    private readonly SortedDictionary<decimal, string> _asks = [];
    private long _last;

    public MirrorBook(JsonElement snapshot)
    {
        _last = snapshot.GetProperty("id").GetInt64();
        Set(_bids, snapshot.GetProperty("bids"));
        Set(_asks, snapshot.GetProperty("asks"));
    }

    /// <summary>Changes that were not older than the snapshot.</summary>
    public int Applied { get; private set; }

    public int BidCount => _bids.Count;

    public long? BestBid => _bids.Count == 0 ? null : (long)(_bids.Keys.Last() * 100);

    public long? BestAsk => _asks.Count == 0 ? null : (long)(_asks.Keys.First() * 100);

    public string? QuantityAt(string side, string price) =>
        (side == "buy" ? _bids : _asks).GetValueOrDefault(decimal.Parse(price, CultureInfo.InvariantCulture));

    public void Apply(JsonElement diff)
    {
        var (first, last) = (diff.GetProperty("first").GetInt64(), diff.GetProperty("last").GetInt64());
        if (last <= _last) return;
        if (Applied == 0) Assert.True(first <= _last + 1, $"The first change {first} leaves a gap after {_last}.");
        else Assert.Equal(_last + 1, first);
        Set(_bids, diff.GetProperty("bids"));
        Set(_asks, diff.GetProperty("asks"));
        _last = last;
        Applied++;
        Assert.True(BestBid is null || BestAsk is null || BestBid < BestAsk, "The book is crossed.");
    }

    private static void Set(SortedDictionary<decimal, string> side, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var price = decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture);
            if (level[1].GetString() == "0") side.Remove(price);
            else side[price] = level[1].GetString()!;
        }
    }
}
