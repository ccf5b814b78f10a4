using System.Globalization;
using System.Text.Json;

namespace Showcase.Tests.Exchange.Rest;

/// <summary>A client's book, kept as docs/protocol/binance.md specifies: a snapshot, then the changes. It fails on a gap or a crossing.</summary>
internal sealed class PublicBook
{
    private readonly SortedDictionary<decimal, string> _bids = [];
    private readonly SortedDictionary<decimal, string> _asks = [];
    private bool _hasChange;

    public PublicBook(JsonElement snapshot)
    {
        LastId = snapshot.GetProperty("lastUpdateId").GetInt64();
        Set(_bids, snapshot.GetProperty("bids"));
        Set(_asks, snapshot.GetProperty("asks"));
    }

    public long LastId { get; private set; }

    public IEnumerable<(decimal, string)> Levels => _bids.Concat(_asks).Select(static level => (level.Key, level.Value));

    public void Apply(JsonElement change)
    {
        var (first, last) = (change.GetProperty("U").GetInt64(), change.GetProperty("u").GetInt64());
        if (last <= LastId) return;
        Assert.True(_hasChange ? first == LastId + 1 : first <= LastId + 1, $"{first} leaves a gap after {LastId}.");
        Set(_bids, change.GetProperty("b"));
        Set(_asks, change.GetProperty("a"));
        (LastId, _hasChange) = (last, true);
        Assert.True(_bids.Count == 0 || _asks.Count == 0 || _bids.Keys.Last() < _asks.Keys.First(), "The book is crossed.");
    }

    private static void Set(SortedDictionary<decimal, string> side, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var price = decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture);
            if (level[1].GetString() == "0.00000000") side.Remove(price);
            else side[price] = level[1].GetString()!;
        }
    }
}
