using System.Diagnostics.CodeAnalysis;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>The maps of one node in memory; they are lost when the process ends. Every call completes synchronously.</summary>
/// <remarks>
/// Reading creates no state: a map that never had an entry has the epoch of its name. The maps of a namespace are bounded
/// in number (<see cref="StreamOptions.MaxChannels"/>): a further one replaces an empty one, or is rejected.
/// Lifetimes are measured by the monotonic clock, independent of the wall clock.
/// </remarks>
/// <param name="time">The clock by which entries and changes expire. Expired entries are removed within a second.</param>
public sealed class MemoryMapBroker(TimeProvider time) : IMapBroker, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly BrokerEntries<MemoryMap> _maps = new();
    private readonly HubClock _clock = new(time);
    private readonly PublishGuard _guard = new(time);
    private readonly BrokerAttachment<IMapReceiver> _attachment = new(time, SweepInterval);

    internal int MapCount => _maps.Count;

    private IMapReceiver Receiver => _attachment.Receiver;

    private long UtcNow => _clock.UtcNow.ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public void Attach(IMapReceiver receiver) => _attachment.Attach(receiver, Sweep);

    /// <inheritdoc/>
    public ValueTask SubscribeAsync(string channel, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : default;

    /// <inheritdoc/>
    public ValueTask UnsubscribeAsync(string channel, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : default;

    /// <inheritdoc/>
    public ValueTask<MapPublishResult> PublishAsync(
        string channel, Publication publication, MapStorageOptions storage, MapPublishOptions options, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<MapPublishResult>(cancellationToken);
        return new(options.IdempotencyKey is { } key
            ? PublishOnce(channel, publication, storage, options, key)
            : Publish(channel, publication, storage, options));
    }

    /// <inheritdoc/>
    public ValueTask<MapPublishResult> RemoveAsync(
        string channel, Publication publication, MapStorageOptions storage, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<MapPublishResult>(cancellationToken);
        return new(idempotencyKey is null
            ? Remove(channel, publication, storage)
            : Once(channel, idempotencyKey, storage, () => Remove(channel, publication, storage)));
    }

    /// <inheritdoc/>
    public ValueTask<MapStatePage> ReadStateAsync(string channel, MapStateQuery query, MapStorageOptions storage, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<MapStatePage>(cancellationToken);
        if (TryUse(channel, query, static (map, query, _) => map.ReadState(query), out var page)) return new(page);
        MapCursor.Parse(query.Cursor ?? "");
        return new(new MapStatePage([], Blank(channel, storage), ""));
    }

    /// <inheritdoc/>
    public ValueTask<HistoryPage> ReadStreamAsync(string channel, HistoryQuery query, MapStorageOptions storage, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<HistoryPage>(cancellationToken);
        return new(TryUse(channel, query, static (map, query, _) => map.ReadStream(query), out var page) ? page : new HistoryPage([], Blank(channel, storage)));
    }

    /// <inheritdoc/>
    public ValueTask<int> CountAsync(string channel, MapStorageOptions storage, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
        return new(TryUse(channel, 0, static (map, _, _) => map.Count, out var count) ? count : 0);
    }

    /// <inheritdoc/>
    public ValueTask ClearAsync(string channel, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        if (_maps.TryFind(channel, out var map))
        {
            lock (map.Gate) Clear(map);
        }

        return default;
    }

    /// <summary>Stops the timer that drops expired entries.</summary>
    public void Dispose() => _attachment.Dispose();

    private StreamPosition Blank(string channel, MapStorageOptions storage) => new(0, storage.Stream.IsKept ? _maps.BlankEpoch(channel) : "");

    private MapPublishResult Publish(string channel, Publication publication, MapStorageOptions storage, MapPublishOptions options)
    {
        while (true)
        {
            if (!_maps.TryFind(channel, out var map))
            {
                // A change that is suppressed creates no map.
                if (options.KeyMode == MapKeyMode.IfExists) return new MapPublishResult(Blank(channel, storage), MapSuppression.KeyNotFound);
                map = Add(channel, storage);
            }

            // The receiver is called under the lock, so that it receives the changes of a channel in order.
            lock (map.Gate)
            {
                if (map.IsRemoved) continue;
                var now = _clock.Now;
                map.Begin(_maps);
                map.Touch(now, UtcNow);
                var result = map.Publish(publication, options, now);
                _maps.ScheduleVisit(map, map.DueAt);
                return result;
            }
        }
    }

    private MemoryMap Add(string channel, MapStorageOptions storage)
    {
        var stream = storage.Stream;
        if (_maps.CountOf(stream.Namespace) >= stream.MaxChannels && !DropEmpty(stream.Namespace) && storage.RefusesChannels)
        {
            throw new ClientException(ClientErrors.LimitExceeded);
        }

        return _maps.Add(new MemoryMap(channel, storage, Receiver) { UsedAt = _clock.Now });
    }

    private bool DropEmpty(string ns)
    {
        if (_maps.FindOldest(ns, emptyOnly: true) is not { } empty) return false;
        lock (empty.Gate)
        {
            if (!empty.IsEmpty) return false;
            Clear(empty);
            return true;
        }
    }

    // The receiver is notified before the name is free again, so that the changes of a new map follow.
    private void Clear(MemoryMap map)
    {
        if (map.IsRemoved) return;
        Receiver.OnCleared(map.Channel);
        _maps.Remove(map);
    }

    private MapPublishResult Remove(string channel, Publication publication, MapStorageOptions storage) =>
        TryUse(channel, publication, static (map, removal, now) => map.Remove(removal, now), out var result)
            ? result
            : new MapPublishResult(Blank(channel, storage), MapSuppression.KeyNotFound);

    private bool TryUse<TState, TResult>(string channel, TState state, Func<MemoryMap, TState, long, TResult> use, [MaybeNullWhen(false)] out TResult result)
    {
        while (_maps.TryFind(channel, out var map))
        {
            lock (map.Gate)
            {
                if (map.IsRemoved) continue;
                var now = _clock.Now;
                map.Begin(_maps);
                map.Touch(now, UtcNow);
                result = use(map, state, now);
                _maps.ScheduleVisit(map, map.IsForgotten(now) ? now : map.DueAt);
                return true;
            }
        }

        result = default;
        return false;
    }

    private MapPublishResult PublishOnce(
        string channel, Publication publication, MapStorageOptions storage, MapPublishOptions options, string idempotencyKey) =>
        Once(channel, idempotencyKey, storage, () => Publish(channel, publication, storage, options));

    private MapPublishResult Once(string channel, string idempotencyKey, MapStorageOptions storage, Func<MapPublishResult> change)
    {
        var options = new PublishOptions { IdempotencyKey = idempotencyKey };
        lock (_guard.Gate)
        {
            if (_guard.FindEarlier(channel, options) is { } earlier) return new MapPublishResult(earlier.Position, MapSuppression.Idempotency);
            var result = change();
            _guard.Remember(channel, options, new PublishResult(result.Position), storage.Stream.MetaTtl);
            return result;
        }
    }

    private void Sweep()
    {
        var (now, utcNow) = (_clock.Now, UtcNow);
        _maps.Sweep(now, map =>
        {
            map.DropExpired(now, utcNow);
            if (map.IsForgotten(now)) _maps.Remove(map);
            return map.DueAt;
        });
        _guard.DropExpired();
    }
}
