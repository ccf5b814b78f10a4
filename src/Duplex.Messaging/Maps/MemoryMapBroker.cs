using System.Collections.Concurrent;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>The maps of one node, in memory: what it keeps is gone when the process ends. Every call completes at once.</summary>
/// <param name="time">The clock entries and changes expire by. Expired entries are removed within a second.</param>
public sealed class MemoryMapBroker(TimeProvider time) : IMapBroker, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, MemoryMap> _maps = new(StringComparer.Ordinal);
    private readonly PublishGuard _guard = new(time);
    private readonly long _start = time.GetTimestamp();
    private readonly BrokerAttachment<IMapReceiver> _attachment = new(time, SweepInterval);

    private IMapReceiver Receiver => _attachment.Receiver;

    // Entries expire by a clock that never goes back.
    private long Now => (long)time.GetElapsedTime(_start).TotalMilliseconds;

    private long UtcNow => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public void Attach(IMapReceiver receiver) => _attachment.Attach(receiver, Sweep);

    /// <inheritdoc/>
    public ValueTask SubscribeAsync(string channel) => default;

    /// <inheritdoc/>
    public ValueTask UnsubscribeAsync(string channel) => default;

    /// <inheritdoc/>
    public ValueTask<MapPublishResult> PublishAsync(
        string channel, Publication publication, MapStorageOptions storage, MapPublishOptions options) =>
        new(Once(
            channel,
            options.IdempotencyKey,
            storage,
            (Publication: publication, Options: options),
            static (map, state, now) => map.Publish(state.Publication, state.Options, now)));

    /// <inheritdoc/>
    public ValueTask<MapPublishResult> RemoveAsync(
        string channel, Publication publication, MapStorageOptions storage, string? idempotencyKey = null) =>
        new(Once(channel, idempotencyKey, storage, publication, static (map, removal, _) => map.Remove(removal)));

    /// <inheritdoc/>
    public ValueTask<MapStatePage> ReadStateAsync(string channel, MapStateQuery query, MapStorageOptions storage) =>
        new(Use(channel, storage, query, static (map, query, _) => map.ReadState(query)));

    /// <inheritdoc/>
    public ValueTask<HistoryPage> ReadStreamAsync(string channel, HistoryQuery query, MapStorageOptions storage) =>
        new(Use(channel, storage, query, static (map, query, _) => map.ReadStream(query)));

    /// <inheritdoc/>
    public ValueTask<int> CountAsync(string channel, MapStorageOptions storage) =>
        new(Use(channel, storage, 0, static (map, _, _) => map.Count));

    /// <inheritdoc/>
    public ValueTask ClearAsync(string channel)
    {
        if (_maps.TryGetValue(channel, out var map))
        {
            lock (map.Gate)
            {
                if (map.IsRemoved) return default;

                // Told before the name is free again, so that the changes of a new map follow.
                Receiver.OnCleared(channel);
                Remove(channel, map);
            }
        }

        return default;
    }

    /// <summary>Stops the clock that drops what has expired.</summary>
    public void Dispose() => _attachment.Dispose();

    private TResult Use<TState, TResult>(string channel, MapStorageOptions storage, TState state, Func<MemoryMap, TState, long, TResult> use)
    {
        while (true)
        {
            if (!_maps.TryGetValue(channel, out var map)) map = _maps.GetOrAdd(channel, new MemoryMap(channel, storage, Receiver));

            // The receiver is called under the lock, so that it sees the changes of a channel in their order.
            lock (map.Gate)
            {
                if (map.IsRemoved) continue;
                var now = Now;
                map.Touch(now, UtcNow);
                return use(map, state, now);
            }
        }
    }

    private MapPublishResult Once<TState>(
        string channel, string? idempotencyKey, MapStorageOptions storage, TState state, Func<MemoryMap, TState, long, MapPublishResult> change)
    {
        if (idempotencyKey is null) return Use(channel, storage, state, change);
        var options = new PublishOptions { IdempotencyKey = idempotencyKey };
        lock (_guard.Gate)
        {
            if (_guard.FindEarlier(channel, options) is { } earlier) return new MapPublishResult(earlier.Position, MapSuppression.Idempotency);
            var result = Use(channel, storage, state, change);
            _guard.Remember(channel, options, new PublishResult(result.Position), storage.Stream.MetaTtl);
            return result;
        }
    }

    private void Sweep()
    {
        var (now, utcNow) = (Now, UtcNow);
        foreach (var (channel, map) in _maps)
        {
            lock (map.Gate)
            {
                map.DropExpired(now, utcNow);
                if (map.IsForgotten(now)) Remove(channel, map);
            }
        }

        _guard.DropExpired();
    }

    private void Remove(string channel, MemoryMap map)
    {
        map.IsRemoved = true;
        _maps.TryRemove(new KeyValuePair<string, MemoryMap>(channel, map));
    }
}
