using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>One entry of a map in memory.</summary>
internal sealed class MapEntry(Publication publication)
{
    /// <summary>Orders entries by score, then key. In maps that are not ordered every score is 0.</summary>
    public static IComparer<MapEntry> ByRank { get; } = Comparer<MapEntry>.Create(static (left, right) =>
    {
        var byScore = left.Publication.Score.CompareTo(right.Publication.Score);
        return byScore != 0 ? byScore : string.CompareOrdinal(left.Key, right.Key);
    });

    public string Key => Publication.Key!;

    public Publication Publication { get; set; } = publication;

    public string VersionEpoch { get; set; } = "";

    /// <summary>The expiry on the broker's clock; meaningful while <see cref="Expiring"/> is set.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>The entry's node in the list of expiring entries, which starts with the next to expire; null when the entry does not expire.</summary>
    public LinkedListNode<MapEntry>? Expiring { get; set; }
}
