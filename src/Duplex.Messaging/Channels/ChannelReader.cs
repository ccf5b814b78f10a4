using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Sharding;

namespace Duplex.Messaging.Channels;

/// <summary>Reads history and presence, for the server and for clients that may.</summary>
internal sealed class ChannelReader(Hub hub)
{
    public async ValueTask<HistoryPage> ReadHistoryAsync(string channel, int limit, StreamPosition? since, bool isReversed)
    {
        var ns = NamespaceOf(channel);
        if (!ns.Stream.IsKept) throw new ClientException(ClientErrors.NotAvailable);
        if (isReversed && since is { Offset: 0 }) throw new ClientException(ClientErrors.BadRequest);
        var max = hub.Options.HistoryMaxPublications;
        var capped = limit < 0 || limit > max ? max : limit;
        var page = await hub.Broker.ReadHistoryAsync(channel, new HistoryQuery(capped, since, isReversed), ns.Stream).ConfigureAwait(false);
        if (since is { Epoch.Length: > 0 } position && position.Epoch != page.Position.Epoch)
        {
            throw new ClientException(ClientErrors.UnrecoverablePosition);
        }

        return page;
    }

    public ValueTask RemoveHistoryAsync(string channel)
    {
        if (!NamespaceOf(channel).Stream.IsKept) throw new ClientException(ClientErrors.NotAvailable);
        return hub.Broker.RemoveHistoryAsync(channel);
    }

    public ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadPresenceAsync(string channel)
    {
        EnsurePresence(NamespaceOf(channel));
        return hub.Presence.ReadAsync(channel);
    }

    public ValueTask<PresenceStats> CountPresenceAsync(string channel)
    {
        EnsurePresence(NamespaceOf(channel));
        return hub.Presence.CountAsync(channel);
    }

    public async ValueTask<Outcome<HistoryPage>> HistoryForClientAsync(
        Client client, string channel, int limit, StreamPosition? since, bool isReversed)
    {
        var found = Find(channel);
        if (!found.IsSuccess) return found.Failure<HistoryPage>();
        if (!found.Value.Stream.IsKept) return ClientErrors.NotAvailable;
        var route = hub.Application.FindChannel(channel, out var values);
        var isAllowed = found.Value.MayReadHistory(client, channel);
        var refusal = await DecideAsync(client, channel, "history", route?.History, values, isAllowed).OnShard(client.Shard);
        return refusal.IsSuccess
            ? await GuardAsync(channel, () => ReadPageAsync(channel, limit, since, isReversed)).OnShard(client.Shard)
            : refusal.Failure<HistoryPage>();
    }

    public async ValueTask<Outcome<IReadOnlyDictionary<string, ClientInfo>>> PresenceForClientAsync(Client client, string channel)
    {
        var allowed = await AllowPresenceAsync(client, channel).OnShard(client.Shard);
        return allowed.IsSuccess
            ? await GuardAsync(channel, () => ReadBoundedPresenceAsync(channel)).OnShard(client.Shard)
            : allowed.Failure<IReadOnlyDictionary<string, ClientInfo>>();
    }

    // A client reads on behind the last publication it got.
    private async ValueTask<HistoryPage> ReadPageAsync(string channel, int limit, StreamPosition? since, bool isReversed)
    {
        var page = await ReadHistoryAsync(channel, limit, since, isReversed).ConfigureAwait(false);
        var count = page.Publications.CountWithin(hub.Options.MaxQueuedBytes);
        return count == page.Publications.Count ? page : page with { Publications = [.. page.Publications.Take(count)] };
    }

    // There are no pages of presence.
    private async ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadBoundedPresenceAsync(string channel)
    {
        var presence = await hub.Presence.ReadAsync(channel).ConfigureAwait(false);
        var bytes = 0L;
        foreach (var info in presence.Values) bytes += info.ApproximateBytes;
        return bytes <= hub.Options.MaxQueuedBytes ? presence : throw new ClientException(ClientErrors.LimitExceeded);
    }

    public async ValueTask<Outcome<PresenceStats>> PresenceStatsForClientAsync(Client client, string channel)
    {
        var allowed = await AllowPresenceAsync(client, channel).OnShard(client.Shard);
        return allowed.IsSuccess
            ? await GuardAsync(channel, () => hub.Presence.CountAsync(channel)).OnShard(client.Shard)
            : allowed.Failure<PresenceStats>();
    }

    private async ValueTask<Outcome<Done>> AllowPresenceAsync(Client client, string channel)
    {
        var found = Find(channel);
        if (!found.IsSuccess) return found.Failure<Done>();
        if (!found.Value.Options.Presence) return ClientErrors.NotAvailable;
        var route = hub.Application.FindChannel(channel, out var values);
        var isAllowed = found.Value.MayReadPresence(client, channel);
        return await DecideAsync(client, channel, "presence", route?.Presence, values, isAllowed).OnShard(client.Shard);
    }

    private Outcome<ChannelNamespace> Find(string channel) =>
        channel.Length == 0 ? Disconnects.BadRequest : hub.Namespaces.Find(channel);

    // The application's handler decides where there is one, else the namespace's options.
    private async ValueTask<Outcome<Done>> DecideAsync(
        Client client, string channel, string type, Handler? handler, ChannelValues values, bool isAllowed)
    {
        if (handler is not null)
        {
            var context = new HandlerContext { Type = type, Client = client, Target = channel, Values = values };
            var answer = await hub.CallAsync(handler, context).OnShard(client.Shard);
            if (!answer.IsSuccess) return answer.Failure<Done>();
            isAllowed = answer.Value.Result is not false;
        }

        return isAllowed ? Done.Instance : ClientErrors.PermissionDenied;
    }

    private ValueTask<Outcome<T>> GuardAsync<T>(string channel, Func<ValueTask<T>> read)
        where T : class => BrokerCall.RunAsync(hub, channel, read, static result => result);

    private ChannelNamespace NamespaceOf(string channel)
    {
        var found = hub.Namespaces.Find(channel);
        return found.IsSuccess ? found.Value : throw new ClientException(found.Error!);
    }

    private static void EnsurePresence(ChannelNamespace ns)
    {
        if (!ns.Options.Presence) throw new ClientException(ClientErrors.NotAvailable);
    }
}
