using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Books;

/// <summary>
/// The levels that changed since the last publication. Taken between two commands, so that a book which applies it
/// is never crossed.
/// </summary>
public sealed class BookDiff
{
    private readonly Dictionary<long, long> _bids = [];
    private readonly Dictionary<long, long> _asks = [];

    /// <summary>Id of the first change; 0 when there is none.</summary>
    public long First { get; private set; }

    /// <summary>Id of the last change.</summary>
    public long Last { get; private set; }

    /// <summary>Changed bids: price in ticks to steps now there.</summary>
    public IReadOnlyDictionary<long, long> Bids => _bids;

    /// <summary>Changed asks: price in ticks to steps now there.</summary>
    public IReadOnlyDictionary<long, long> Asks => _asks;

    /// <summary>Whether nothing changed.</summary>
    public bool IsEmpty => First == 0;

    /// <summary>Notes a change; an earlier one of the same level is forgotten.</summary>
    public void Add(in LevelChange change)
    {
        if (First == 0) First = change.UpdateId;
        Last = change.UpdateId;
        (change.Side == Side.Buy ? _bids : _asks)[change.Price] = change.Quantity;
    }

    /// <summary>Starts the next diff.</summary>
    public void Clear()
    {
        First = Last = 0;
        _bids.Clear();
        _asks.Clear();
    }
}
