using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Books;

/// <summary>
/// Collects the levels that changed since the last publication. It is published between two commands, so a book that
/// applies it is never crossed.
/// </summary>
public sealed class BookDiff
{
    private readonly Dictionary<long, long> _bids = [];
    private readonly Dictionary<long, long> _asks = [];

    /// <summary>The id of the first change; 0 when there is none.</summary>
    public long First { get; private set; }

    /// <summary>The id of the last change.</summary>
    public long Last { get; private set; }

    /// <summary>The changed bids: the new quantity in steps by price in ticks.</summary>
    public IReadOnlyDictionary<long, long> Bids => _bids;

    /// <summary>The changed asks: the new quantity in steps by price in ticks.</summary>
    public IReadOnlyDictionary<long, long> Asks => _asks;

    /// <summary>Whether no level has changed.</summary>
    public bool IsEmpty => First == 0;

    /// <summary>Adds a change. It replaces an earlier change of the same level.</summary>
    public void Add(in LevelChange change)
    {
        if (First == 0) First = change.UpdateId;
        Last = change.UpdateId;
        (change.Side == Side.Buy ? _bids : _asks)[change.Price] = change.Quantity;
    }

    /// <summary>Clears the changes and starts the next diff.</summary>
    public void Clear()
    {
        First = Last = 0;
        _bids.Clear();
        _asks.Clear();
    }
}
