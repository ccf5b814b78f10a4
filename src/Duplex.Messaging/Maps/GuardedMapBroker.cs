using Duplex.Messaging.Brokers;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>The map broker of the application, whose calls fail as those of <see cref="GuardedBroker"/> do. The hub calls no map broker but through this.</summary>
internal sealed class GuardedMapBroker(IMapBroker maps) : IMapBroker
{
    public void Attach(IMapReceiver receiver) => maps.Attach(receiver);

    public async ValueTask SubscribeAsync(string channel) => await maps.SubscribeAsync(channel).ConfigureAwait(false);

    public async ValueTask UnsubscribeAsync(string channel) => await maps.UnsubscribeAsync(channel).ConfigureAwait(false);

    public async ValueTask<MapPublishResult> PublishAsync(string channel, Publication publication, MapStorageOptions storage, MapPublishOptions options) =>
        await maps.PublishAsync(channel, publication, storage, options).ConfigureAwait(false);

    public async ValueTask<MapPublishResult> RemoveAsync(string channel, Publication publication, MapStorageOptions storage, string? idempotencyKey = null) =>
        await maps.RemoveAsync(channel, publication, storage, idempotencyKey).ConfigureAwait(false);

    public async ValueTask<MapStatePage> ReadStateAsync(string channel, MapStateQuery query, MapStorageOptions storage) =>
        await maps.ReadStateAsync(channel, query, storage).ConfigureAwait(false);

    public async ValueTask<HistoryPage> ReadStreamAsync(string channel, HistoryQuery query, MapStorageOptions storage) =>
        await maps.ReadStreamAsync(channel, query, storage).ConfigureAwait(false);

    public async ValueTask<int> CountAsync(string channel, MapStorageOptions storage) => await maps.CountAsync(channel, storage).ConfigureAwait(false);

    public async ValueTask ClearAsync(string channel) => await maps.ClearAsync(channel).ConfigureAwait(false);
}
