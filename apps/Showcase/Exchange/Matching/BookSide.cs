namespace Showcase.Exchange.Matching;

/// <summary>
/// One side of a book: its levels in an array sorted from worst to best price. The best level is the last entry, and
/// since most levels are added and removed near it, few entries move.
/// </summary>
internal sealed class BookSide(Side side)
{
    private PriceLevel[] _levels = new PriceLevel[256];
    private readonly Stack<PriceLevel> _spare = new();

    public Side Side { get; } = side;

    public int Count { get; private set; }

    public PriceLevel? Best => Count == 0 ? null : _levels[Count - 1];

    /// <summary>The levels, worst price first.</summary>
    public ReadOnlySpan<PriceLevel> WorstFirst => _levels.AsSpan(0, Count);

    /// <summary>Returns the level at a price, and adds an empty one when there is none.</summary>
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

    /// <summary>Removes an empty level.</summary>
    public void Remove(PriceLevel level)
    {
        var index = IndexOf(level.Price);
        Count--;
        Array.Copy(_levels, index + 1, _levels, index, Count - index);
        _levels[Count] = null!;
        _spare.Push(level);
    }

    /// <summary>Returns whether an order on the opposite side with this limit would match a level of this side.</summary>
    public bool IsWithin(PriceLevel level, long limit) => Side == Side.Sell ? level.Price <= limit : level.Price >= limit;

    private int IndexOf(long price)
    {
        // A better price has a higher rank on either side, so one binary search serves both.
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
