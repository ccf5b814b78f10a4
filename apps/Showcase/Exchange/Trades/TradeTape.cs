using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Trades;

/// <summary>The latest trades of a symbol.</summary>
public sealed class TradeTape(int capacity)
{
    private readonly Trade[] _ring = new Trade[capacity];
    private long _added;

    /// <summary>Adds the newest trade.</summary>
    public void Add(in Trade trade) => _ring[_added++ % _ring.Length] = trade;

    /// <summary>Returns the latest trades, oldest first.</summary>
    public Trade[] Latest(int limit)
    {
        var count = (int)Math.Min(limit, Math.Min(_added, _ring.Length));
        var trades = new Trade[count];
        for (var i = 0; i < count; i++) trades[i] = _ring[(_added - count + i) % _ring.Length];
        return trades;
    }
}
