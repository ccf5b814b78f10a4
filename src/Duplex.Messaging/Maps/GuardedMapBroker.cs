using Duplex.Messaging.Brokers;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>Wraps the application's map broker so that an exception thrown by a call becomes a failed task, as in <see cref="GuardedBroker"/>. The hub calls the map broker only through this class.</summary>
internal sealed class GuardedMapBroker(IMapBroker maps) : IMapBroker
{
    public void Attach(IMapReceiver receiver) => maps.Attach(receiver);

    public async ValueTask SubscribeAsync(string channel, CancellationToken cancellationToken = default) => await maps.SubscribeAsync(channel, cancellationToken).ConfigureAwait(false);

    public async ValueTask UnsubscribeAsync(string channel, CancellationToken cancellationToken = default) => await maps.UnsubscribeAsync(channel, cancellationToken).ConfigureAwait(false);

    public async ValueTask<MapPublishResult> PublishAsync(string channel, Publication publication, MapStorageOptions storage, MapPublishOptions options, CancellationToken cancellationToken = default) =>
        await maps.PublishAsync(channel, publication, storage, options, cancellationToken).ConfigureAwait(false);

    public async ValueTask<MapPublishResult> RemoveAsync(string channel, Publication publication, MapStorageOptions storage, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        await maps.RemoveAsync(channel, publication, storage, idempotencyKey, cancellationToken).ConfigureAwait(false);

    public async ValueTask<MapStatePage> ReadStateAsync(string channel, MapStateQuery query, MapStorageOptions storage, CancellationToken cancellationToken = default) =>
        await maps.ReadStateAsync(channel, query, storage, cancellationToken).ConfigureAwait(false);

    public async ValueTask<HistoryPage> ReadStreamAsync(string channel, HistoryQuery query, MapStorageOptions storage, CancellationToken cancellationToken = default) =>
        await maps.ReadStreamAsync(channel, query, storage, cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> CountAsync(string channel, MapStorageOptions storage, CancellationToken cancellationToken = default) => await maps.CountAsync(channel, storage, cancellationToken).ConfigureAwait(false);

    public async ValueTask ClearAsync(string channel, CancellationToken cancellationToken = default) => await maps.ClearAsync(channel, cancellationToken).ConfigureAwait(false);
}
