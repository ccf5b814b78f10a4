using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>One key of a map in memory.</summary>
internal sealed class MapEntry(Publication publication)
{
    /// <summary>By score, then key. Scores of maps that are not ordered are all 0.</summary>
    public static IComparer<MapEntry> ByRank { get; } = Comparer<MapEntry>.Create(static (left, right) =>
    {
        var byScore = left.Publication.Score.CompareTo(right.Publication.Score);
        return byScore != 0 ? byScore : string.CompareOrdinal(left.Key, right.Key);
    });

    public string Key => Publication.Key!;

    public Publication Publication { get; set; } = publication;

    public string VersionEpoch { get; set; } = "";

    /// <summary>When it expires on the broker's clock, while <see cref="Expiring"/> is set.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>Its place among the entries that expire, the next one to go first; null when it stays.</summary>
    public LinkedListNode<MapEntry>? Expiring { get; set; }
}
