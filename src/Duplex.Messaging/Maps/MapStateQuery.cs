namespace Duplex.Messaging.Maps;

/// <summary>Which entries of a map to read.</summary>
/// <param name="Limit">Most entries to return; 0 returns the position alone, a negative number returns all.</param>
/// <param name="Cursor">Where the page before ended, as it said; empty for the first.</param>
/// <param name="IsAscending">From low to high, of score and key or of key alone; otherwise from high to low.</param>
/// <param name="Key">Only the entry of this key, whatever the rest says; null: all.</param>
public readonly record struct MapStateQuery(int Limit, string Cursor = "", bool IsAscending = false, string? Key = null)
{
    /// <summary>Ends the page before the entry that would take it over so many bytes, but not before the first; 0: however many.</summary>
    public long MaxBytes { get; init; }
}
