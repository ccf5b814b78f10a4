using Duplex.Messaging.Filtering;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>What a tags filter leaves of a map: an entry whose tags no longer fit has left the subscriber's map.</summary>
internal static class MapFilter
{
    /// <summary>Entries that fit.</summary>
    public static IReadOnlyList<Publication> State(TagsFilter? filter, IReadOnlyList<Publication> entries) =>
        filter is null ? entries : [.. entries.Where(entry => filter.Matches(entry.Tags))];

    /// <summary>Changes, those that do not fit as removals: the subscriber may have had the entry before.</summary>
    public static IReadOnlyList<Publication> Changes(TagsFilter? filter, IReadOnlyList<Publication> changes) =>
        filter is null ? changes : [.. changes.Select(change => change.IsRemoval || filter.Matches(change.Tags) ? change : Removal(change))];

    /// <summary>Whether a live change that does not fit takes something out of the subscriber's map.</summary>
    public static bool HasLeft(TagsFilter filter, SharedPublication push)
    {
        // Where batches drop what lies between, the change before is not the one the subscriber had.
        if (push.Channel.Namespace.Options.BatchFlushLatest) return true;
        return push.Previous is { } previous && filter.Matches(previous.Tags);
    }

    /// <summary>What a subscriber gets in place of a change after which the entry no longer fits. The caller releases it.</summary>
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
