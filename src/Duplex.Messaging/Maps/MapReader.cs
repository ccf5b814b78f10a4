using Duplex.Messaging.Brokers;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>Reads and clears maps for the server.</summary>
internal sealed class MapReader(Hub hub)
{
    public ValueTask<MapStatePage> ReadStateAsync(string channel, MapStateQuery query) =>
        hub.Maps.ReadStateAsync(channel, query, MapOf(channel).Storage);

    public async ValueTask<HistoryPage> ReadStreamAsync(string channel, int limit, StreamPosition? since, bool isReversed)
    {
        var storage = MapOf(channel).Storage;
        if (!storage.Stream.IsKept) throw new ClientException(ClientErrors.NotAvailable);
        if (isReversed && since is { Offset: 0 }) throw new ClientException(ClientErrors.BadRequest);
        var page = await hub.Maps.ReadStreamAsync(channel, new HistoryQuery(limit, since, isReversed), storage).ConfigureAwait(false);
        return since is { Epoch.Length: > 0 } position && position.Epoch != page.Position.Epoch
            ? throw new ClientException(ClientErrors.UnrecoverablePosition)
            : page;
    }

    public ValueTask<int> CountAsync(string channel) => hub.Maps.CountAsync(channel, MapOf(channel).Storage);

    public ValueTask ClearAsync(string channel)
    {
        MapOf(channel);
        return hub.Maps.ClearAsync(channel);
    }

    private MapNamespace MapOf(string channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var found = hub.Namespaces.Find(channel);
        if (!found.IsSuccess) throw new ClientException(found.Error!);
        return found.Value.Map ?? throw new ClientException(ClientErrors.BadRequest);
    }
}
