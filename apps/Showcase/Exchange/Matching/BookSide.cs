namespace Showcase.Exchange.Matching;

/// <summary>
/// One side of a book: its levels in an array sorted with the best last. The best is found at once, and since most
/// levels come and go near the best, few entries move when one does.
/// </summary>
internal sealed class BookSide(Side side)
{
    private PriceLevel[] _levels = new PriceLevel[256];
    private readonly Stack<PriceLevel> _spare = new();

    public Side Side { get; } = side;

    public int Count { get; private set; }

    public PriceLevel? Best => Count == 0 ? null : _levels[Count - 1];

    /// <summary>Levels, the worst price first.</summary>
    public ReadOnlySpan<PriceLevel> WorstFirst => _levels.AsSpan(0, Count);

    /// <summary>The level at a price; an empty one is made when there is none.</summary>
    public PriceLevel GetOrAdd(long price)
    {
        var index = IndexOf(price);
        if (index >= 0) return _levels[index];
        index = ~index;
        if (Count == _levels.Length) Array.Resize(ref _levels, Count * 2);
        Array.Copy(_levels, index, _levels, index + 1, Count - index);
        Count++;
        if (!_spare.TryPop(out var level)) level = new PriceLevel();
        level.Price = price;
        _levels[index] = level;
        return level;
    }

    /// <summary>Takes an empty level out.</summary>
    public void Remove(PriceLevel level)
    {
        var index = IndexOf(level.Price);
        Count--;
        Array.Copy(_levels, index + 1, _levels, index, Count - index);
        _levels[Count] = null!;
        _spare.Push(level);
    }

    /// <summary>Whether an order on the other side with this limit would match a level of this side.</summary>
    public bool IsWithin(PriceLevel level, long limit) => Side == Side.Sell ? level.Price <= limit : level.Price >= limit;

    private int IndexOf(long price)
    {
        // Better prices have higher ranks on either side, so one search serves both.
        var sign = Side == Side.Buy ? 1 : -1;
        var rank = sign * price;
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var found = sign * _levels[middle].Price;
            if (found == rank) return middle;
            if (found < rank) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
