namespace Showcase.Exchange.Trades;

/// <summary>The latest trades of a symbol, or its latest aggregate trades. Their ids are consecutive.</summary>
public sealed class TradeTape<T>(int capacity)
{
    private readonly T[] _ring = new T[capacity];
    private long _added;

    /// <summary>The number of retained trades.</summary>
    public int Count => (int)Math.Min(_added, _ring.Length);

    /// <summary>The nth retained trade, oldest first.</summary>
    public T this[int index] => _ring[(_added - Count + index) % _ring.Length];

    /// <summary>Adds the newest trade.</summary>
    public void Add(in T trade) => _ring[_added++ % _ring.Length] = trade;

    /// <summary>Returns the latest trades, oldest first.</summary>
    public T[] Latest(int limit) => Range(Count - Math.Min(limit, Count), limit);

    /// <summary>Returns the trades from an index on, oldest first.</summary>
    public T[] Range(int start, int limit)
    {
        var trades = new T[Math.Min(limit, Count - start)];
        for (var i = 0; i < trades.Length; i++) trades[i] = this[start + i];
        return trades;
    }

    /// <summary>Returns the index of the first trade whose key is at least a value; <see cref="Count"/> when there is none. Keys must not decrease.</summary>
    public int IndexOf(long value, Func<T, long> keyOf)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (keyOf(this[middle]) < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
