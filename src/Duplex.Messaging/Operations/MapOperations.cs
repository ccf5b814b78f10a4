using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Operations;

/// <summary>The server's changes and reads of maps.</summary>
internal sealed class MapOperations(IMapBroker mapBroker, NamespaceTable namespaces, PayloadSerializer payloads, MapPublisher mapPublisher) : IHubMaps
{
    public ValueTask<MapPublishResult> PublishAsync(
        string channel, string key, ReadOnlyMemory<byte> data, MapPublishOptions? options = null, CancellationToken cancellationToken = default) =>
        mapPublisher.PublishAsync(channel, key, data, options, cancellationToken);

    public ValueTask<MapPublishResult> PublishAsync<TMessage>(
        string channel, string key, TMessage message, MapPublishOptions? options = null, CancellationToken cancellationToken = default) =>
        mapPublisher.PublishAsync(channel, key, payloads.Serialize(message), options, cancellationToken);

    public ValueTask<MapPublishResult> RemoveAsync(
        string channel, string key, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        mapPublisher.RemoveAsync(channel, key, idempotencyKey, cancellationToken);

    public async ValueTask<MapStatePage> ReadStateAsync(string channel, MapStateQuery query = default, CancellationToken cancellationToken = default)
    {
        if (query.Limit is { } given) ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(query));
        var storage = StorageOf(channel);
        cancellationToken.ThrowIfCancellationRequested();
        return await mapBroker.ReadStateAsync(channel, query, storage, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<HistoryPage> ReadStreamAsync(
        string channel, int? limit = null, StreamPosition? since = null, bool isReversed = false, CancellationToken cancellationToken = default)
    {
        if (limit is { } given) ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(limit));
        var storage = StorageOf(channel);
        if (!storage.Stream.IsKept) throw new ClientException(ClientErrors.NotAvailable);
        if (isReversed && since is { Offset: 0 }) throw new ClientException(ClientErrors.BadRequest);
        cancellationToken.ThrowIfCancellationRequested();
        var page = await mapBroker.ReadStreamAsync(channel, new HistoryQuery(limit, since, isReversed), storage, cancellationToken).ConfigureAwait(false);
        return since is { Epoch.Length: > 0 } position && position.Epoch != page.Position.Epoch
            ? throw new ClientException(ClientErrors.UnrecoverablePosition)
            : page;
    }

    public async ValueTask<int> CountAsync(string channel, CancellationToken cancellationToken = default)
    {
        var storage = StorageOf(channel);
        cancellationToken.ThrowIfCancellationRequested();
        return await mapBroker.CountAsync(channel, storage, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ClearAsync(string channel, CancellationToken cancellationToken = default)
    {
        StorageOf(channel);
        cancellationToken.ThrowIfCancellationRequested();
        await mapBroker.ClearAsync(channel, cancellationToken).ConfigureAwait(false);
    }

    private MapStorageOptions StorageOf(string channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var found = namespaces.Find(channel);
        if (!found.IsSuccess) throw new ClientException(found.Error!);
        return found.Value.Map?.Storage ?? throw new ClientException(ClientErrors.BadRequest);
    }
}
