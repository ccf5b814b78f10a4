namespace Duplex.Messaging.Maps;

/// <summary>The entries of a map to read. The default reads all, from high to low.</summary>
/// <param name="Limit">Maximum number of entries, 0 or more; 0 reads the position alone, null all.</param>
/// <param name="Cursor">The cursor of the page before; null or empty for the first page.</param>
/// <param name="IsAscending">From low to high, of score and key or of key alone; otherwise from high to low.</param>
/// <param name="Key">Only the entry of this key, whatever the other values are; null: all.</param>
public readonly record struct MapStateQuery(int? Limit = null, string? Cursor = null, bool IsAscending = false, string? Key = null)
{
    /// <summary>Ends the page before the entry that would exceed this number of bytes, but not before the first; null: no bound.</summary>
    public long? MaxBytes { get; init; }
}
