using Duplex.Messaging.Brokers;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>
/// Keeps the maps: per channel an entry per key, and where it is wanted a stream of the changes. Carries changes from
/// publishers to hubs. All members are safe from any thread.
/// </summary>
/// <remarks>
/// Guarantees every implementation gives, and the contract tests check:
/// <list type="bullet">
/// <item>A change of an entry, its append to the stream and its publishing are one atomic step. Whoever reads the
/// entries at position P and applies the stream after P has the map, however many pages the reading took and whatever
/// changed between them.</item>
/// <item>A stream has an epoch and offsets from 1 without holes; a new epoch starts when the map was cleared, lost, or
/// empty and either not used for its meta time or dropped because there were too many. A map without an entry has an
/// epoch too, with which its stream begins.</item>
/// <item>Reading creates no state, and maps and their entries are bounded in number (<see cref="MapStorageOptions"/>).
/// What would be one too many is refused and changes nothing.</item>
/// <item>Lifetimes are measured by a monotonic clock; only moments told to others come from the wall clock.</item>
/// <item>The receiver gets the changes of a channel in the order in which they were made, one at a time, from the
/// return of <see cref="SubscribeAsync"/> on, and perhaps earlier ones. What an entry was before is told with each.</item>
/// <item>An entry that has outlived its time is not read any more, and its removal is published like any other.</item>
/// <item>The entries have one total order, and a cursor stands between two of them: entries that do not move are on
/// exactly one page.</item>
/// <item>A change that is suppressed changes and publishes nothing, except that it may let the entry live on.</item>
/// <item>Subscribe and unsubscribe calls for one channel take effect in the order in which they were made.</item>
/// <item>Subscribe and unsubscribe are called under a lock that deliveries of the channel take too: neither blocks, and neither
/// calls the receiver before it returns.</item>
/// <item>Every member fails by its task. What one throws is taken for that: it costs the operation that needs it, and is logged.</item>
/// </list>
/// </remarks>
public interface IMapBroker
{
    /// <summary>Names the receiver of changes. Called once, before anything else.</summary>
    void Attach(IMapReceiver receiver);

    /// <summary>Starts the flow of a channel to the receiver.</summary>
    ValueTask SubscribeAsync(string channel);

    /// <summary>Stops the flow of a channel.</summary>
    ValueTask UnsubscribeAsync(string channel);

    /// <summary>Adds or replaces an entry and publishes it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publication">With key, data and score; without offset and epoch, which the broker gives.</param>
    /// <param name="storage">How the map is kept.</param>
    /// <param name="options">Idempotency, version, and on what the change depends.</param>
    /// <exception cref="ClientException">Limit exceeded: it would be one entry or one map too many.</exception>
    ValueTask<MapPublishResult> PublishAsync(string channel, Publication publication, MapStorageOptions storage, MapPublishOptions options);

    /// <summary>Removes an entry and publishes that.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publication">With key and the mark of a removal, without data.</param>
    /// <param name="storage">How the map is kept.</param>
    /// <param name="idempotencyKey">As <see cref="MapPublishOptions.IdempotencyKey"/>.</param>
    ValueTask<MapPublishResult> RemoveAsync(string channel, Publication publication, MapStorageOptions storage, string? idempotencyKey = null);

    /// <summary>Reads entries and the stream's position.</summary>
    /// <exception cref="ClientException">Bad request: no page gave this cursor.</exception>
    ValueTask<MapStatePage> ReadStateAsync(string channel, MapStateQuery query, MapStorageOptions storage);

    /// <summary>Reads changes and the stream's position.</summary>
    ValueTask<HistoryPage> ReadStreamAsync(string channel, HistoryQuery query, MapStorageOptions storage);

    /// <summary>Counts the entries.</summary>
    ValueTask<int> CountAsync(string channel, MapStorageOptions storage);

    /// <summary>Forgets entries and stream, without a publication for each; the next use starts a new epoch.</summary>
    ValueTask ClearAsync(string channel);
}
