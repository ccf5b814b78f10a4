using Duplex.Messaging.Brokers;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging;

/// <summary>
/// Changes and reads channels of the type Map. Cancelling a read changes nothing; cancelling a change ends the wait for
/// the broker, which may still make the change. All members throw <see cref="ClientException"/> for an unknown namespace
/// and for one of another type.
/// </summary>
public interface IHubMaps
{
    /// <summary>Adds or replaces an entry with bytes, which must be a JSON value for clients that use JSON.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="key">The entry's key.</param>
    /// <param name="data">The entry's data; not copied, so it must not change afterwards.</param>
    /// <param name="options">Score, condition, tags, idempotency and version; null: none.</param>
    /// <param name="cancellationToken">Ends the wait; see the interface.</param>
    ValueTask<MapPublishResult> PublishAsync(
        string channel, string key, ReadOnlyMemory<byte> data, MapPublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces an entry with a message as JSON, with the type information registered for it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="key">The entry's key.</param>
    /// <param name="message">The entry's data.</param>
    /// <param name="options">Score, condition, tags, idempotency and version; null: none.</param>
    /// <param name="cancellationToken">Ends the wait; see the interface.</param>
    ValueTask<MapPublishResult> PublishAsync<TMessage>(
        string channel, string key, TMessage message, MapPublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Removes an entry; does nothing when there is none.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="key">The entry's key.</param>
    /// <param name="idempotencyKey">A second removal with the same key within five minutes does nothing; null: none.</param>
    /// <param name="cancellationToken">Ends the wait; see the interface.</param>
    ValueTask<MapPublishResult> RemoveAsync(
        string channel, string key, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>Reads entries.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="query">The part to read; the default reads all entries.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<MapStatePage> ReadStateAsync(string channel, MapStateQuery query = default, CancellationToken cancellationToken = default);

    /// <summary>Reads the changes of a map that has a stream.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="limit">Maximum number of changes; 0 reads the position alone, null reads all retained changes.</param>
    /// <param name="since">The position after which, or before which in reverse, changes are read; null: the end at which the order starts.</param>
    /// <param name="isReversed">Whether the newest change comes first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    ValueTask<HistoryPage> ReadStreamAsync(
        string channel, int? limit = null, StreamPosition? since = null, bool isReversed = false, CancellationToken cancellationToken = default);

    /// <summary>Counts the entries.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<int> CountAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>Removes all entries and the stream; subscribers load the map again.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Ends the wait; see the interface.</param>
    ValueTask ClearAsync(string channel, CancellationToken cancellationToken = default);
}
