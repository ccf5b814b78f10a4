using Duplex.Messaging.Filtering;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>Applies a tags filter to a map: an entry whose tags no longer match leaves the subscriber's map.</summary>
internal static class MapFilter
{
    /// <summary>Returns the entries that match.</summary>
    public static IReadOnlyList<Publication> State(TagsFilter? filter, IReadOnlyList<Publication> entries) =>
        filter is null ? entries : [.. entries.Where(entry => filter.Matches(entry.Tags))];

    /// <summary>Returns the changes; those that do not match become removals, because the subscriber may hold the entry.</summary>
    public static IReadOnlyList<Publication> Changes(TagsFilter? filter, IReadOnlyList<Publication> changes) =>
        filter is null ? changes : [.. changes.Select(change => change.IsRemoval || filter.Matches(change.Tags) ? change : Removal(change))];

    /// <summary>Whether a live change that does not match removes an entry from the subscriber's map.</summary>
    public static bool HasLeft(TagsFilter filter, SharedPublication push)
    {
        // A batch may have dropped changes in between, so the previous change need not be the one the subscriber has.
        if (push.Channel.Namespace.Options.BatchFlushLatest) return true;
        return push.Previous is { } previous && filter.Matches(previous.Tags);
    }

    /// <summary>Makes the removal that a subscriber receives in place of a change whose entry no longer matches. The caller releases it.</summary>
    public static SharedPublication Removal(SharedPublication push) => new(push.Channel, Removal(push.Publication), null, push.Epoch);

    private static Publication Removal(Publication change) => new()
    {
        Data = default,
        Key = change.Key,
        Offset = change.Offset,
        Time = change.Time,
        IsRemoval = true,
    };
}
