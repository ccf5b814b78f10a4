namespace Duplex.Messaging.Maps;

/// <summary>The entries of a map to read. The default reads all, from high to low.</summary>
/// <param name="Limit">Maximum number of entries, 0 or more; 0 reads the position alone, null reads all.</param>
/// <param name="Cursor">The cursor of the previous page; null or empty for the first page.</param>
/// <param name="IsAscending">Whether entries are read from low to high, by score and key or by key alone; otherwise from high to low.</param>
/// <param name="Key">The key of the only entry to read, regardless of the other values; null reads all.</param>
public readonly record struct MapStateQuery(int? Limit = null, string? Cursor = null, bool IsAscending = false, string? Key = null)
{
    /// <summary>Maximum size of a page in bytes: the page ends before the entry that would exceed it, but contains at least one. Null: no bound.</summary>
    public long? MaxBytes { get; init; }
}
