using Duplex.Messaging.Brokers;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>
/// Retains maps: for each channel, one entry per key and, optionally, a stream of the changes. Carries changes from
/// publishers to hubs. All members are safe from any thread.
/// </summary>
/// <remarks>
/// Every implementation gives these guarantees; each has tests in the map broker's contract suite.
/// <list type="bullet">
/// <item><term>Atomic change</term><description>A change of an entry, its append to the stream and its delivery are one step.
/// A reader that reads the entries at position P and applies the stream after P has the map, regardless of the number of pages
/// and of the changes made between them.</description></item>
/// <item><term>Offsets</term><description>A stream has an epoch and offsets from 1 without holes. A map without a stream has neither.</description></item>
/// <item><term>New epoch</term><description>A stream restarts with a new epoch when the map was cleared, lost, or empty and
/// either unused for its meta time or evicted because its namespace has too many maps.</description></item>
/// <item><term>Blank epoch</term><description>A map without an entry has an epoch too; its stream starts with that epoch.</description></item>
/// <item><term>Reads create nothing</term><description>Reading creates no state.</description></item>
/// <item><term>Bounded</term><description>Maps and their entries are bounded in number (<see cref="MapStorageOptions"/>). A change
/// that would exceed a bound is rejected and changes nothing.</description></item>
/// <item><term>Monotonic time</term><description>Lifetimes are measured by a monotonic clock; a step of the wall clock expires nothing.</description></item>
/// <item><term>Order</term><description>The changes of a channel are delivered in the order in which they were made, one at a
/// time, each with the entry's previous value.</description></item>
/// <item><term>Flow</term><description>Every change made after <see cref="SubscribeAsync"/> completed is delivered, and possibly
/// earlier ones.</description></item>
/// <item><term>Expiry</term><description>An entry whose time to live has passed is no longer returned, and its removal is
/// published like any other.</description></item>
/// <item><term>Total order</term><description>The entries have one total order, and a cursor marks a position between two of them: entries
/// that keep their rank are on exactly one page.</description></item>
/// <item><term>Suppression</term><description>A change that is suppressed by its condition, version or idempotency key changes and
/// publishes nothing, except that it may extend the entry's lifetime.</description></item>
/// <item><term>Clearing</term><description>Clearing removes entries and stream in one step, and notifies the receiver once.</description></item>
/// <item><term>Subscription order</term><description>Subscribe and unsubscribe calls for one channel take effect in the order in
/// which they were made, whether or not their tasks have completed.</description></item>
/// <item><term>No blocking</term><description>Subscribe and unsubscribe are called under a lock that deliveries of the channel also
/// take: neither blocks, and neither calls the receiver before it returns.</description></item>
/// <item><term>Cancellation</term><description>A token that is cancelled before the call cancels the returned task, and nothing has
/// changed. One that is cancelled later ends the wait; the call may still take effect.</description></item>
/// </list>
/// Every member reports failure through its task. The hub handles an exception that a member throws like a failed task: the operation
/// that needs the call fails, and the hub logs it.
/// </remarks>
public interface IMapBroker
{
    /// <summary>Sets the receiver of changes. The hub calls it once, before any other member.</summary>
    void Attach(IMapReceiver receiver);

    /// <summary>Starts delivering a channel's changes to the receiver.</summary>
    ValueTask SubscribeAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>Stops delivering a channel's changes.</summary>
    ValueTask UnsubscribeAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces an entry and publishes it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publication">The entry with key, data and score, and without offset and epoch, which the broker sets.</param>
    /// <param name="storage">The retention of the map.</param>
    /// <param name="options">The idempotency key, version and condition of the change.</param>
    /// <param name="cancellationToken">Ends the wait; the broker may still make the change.</param>
    /// <exception cref="ClientException">Limit exceeded: the change would exceed the number of entries or maps.</exception>
    ValueTask<MapPublishResult> PublishAsync(
        string channel, Publication publication, MapStorageOptions storage, MapPublishOptions options, CancellationToken cancellationToken = default);

    /// <summary>Removes an entry and publishes its removal.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publication">The removal with its key, marked as a removal and without data.</param>
    /// <param name="storage">The retention of the map.</param>
    /// <param name="idempotencyKey">See <see cref="MapPublishOptions.IdempotencyKey"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the broker may still make the change.</param>
    ValueTask<MapPublishResult> RemoveAsync(
        string channel, Publication publication, MapStorageOptions storage, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>Reads entries and the stream's position.</summary>
    /// <exception cref="ClientException">Bad request: the cursor is not one returned with a page.</exception>
    ValueTask<MapStatePage> ReadStateAsync(
        string channel, MapStateQuery query, MapStorageOptions storage, CancellationToken cancellationToken = default);

    /// <summary>Reads changes and the stream's position.</summary>
    ValueTask<HistoryPage> ReadStreamAsync(
        string channel, HistoryQuery query, MapStorageOptions storage, CancellationToken cancellationToken = default);

    /// <summary>Counts the entries.</summary>
    ValueTask<int> CountAsync(string channel, MapStorageOptions storage, CancellationToken cancellationToken = default);

    /// <summary>Removes all entries and the stream without a publication for each; the next use starts a new epoch.</summary>
    ValueTask ClearAsync(string channel, CancellationToken cancellationToken = default);
}
