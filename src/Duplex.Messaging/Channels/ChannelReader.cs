using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Operations;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Channels;

/// <summary>Reads history and presence for clients that are permitted to.</summary>
internal sealed class ChannelReader(
    ApplicationModel application,
    IPresenceStore presenceStore,
    NamespaceTable namespaces,
    HubOptions hubOptions,
    ChannelOperations channelOperations,
    HandlerInvoker handlers,
    BrokerCalls brokerCalls)
{
    public async ValueTask<Outcome<HistoryResult>> HistoryForClientAsync(Client client, HistoryRequest request)
    {
        var channel = request.Channel;
        var found = Find(channel);
        if (!found.IsSuccess) return found.Failure<HistoryResult>();
        if (!found.Value.Stream.IsKept) return ClientErrors.NotAvailable.Because("The namespace retains no history: set HistorySize and HistoryTtl.", true);
        var route = application.FindChannel(channel, out var values);
        var isAllowed = found.Value.MayReadHistory(client, channel);
        var refusal = await DecideAsync(client, channel, "history", route?.History, values, isAllowed).OnShard(client.Shard);
        return refusal.IsSuccess
            ? await GuardAsync(channel, () => ReadPageAsync(request), static page => new HistoryResult { Publications = page.Publications, Position = page.Position }).OnShard(client.Shard)
            : refusal.Failure<HistoryResult>();
    }

    public async ValueTask<Outcome<PresenceResult>> PresenceForClientAsync(Client client, string channel)
    {
        var allowed = await AllowPresenceAsync(client, channel).OnShard(client.Shard);
        return allowed.IsSuccess
            ? await GuardAsync(channel, () => ReadBoundedPresenceAsync(channel), static clients => new PresenceResult { Presence = clients }).OnShard(client.Shard)
            : allowed.Failure<PresenceResult>();
    }

    // Reads a page and cuts it to the client's bound; the client continues after the last publication it received.
    private async ValueTask<HistoryPage> ReadPageAsync(HistoryRequest request)
    {
        var limit = request.Limit < 0 ? (int?)null : request.Limit;
        var page = await channelOperations.ReadHistoryAsync(request.Channel, limit, request.Since, request.Reverse).ConfigureAwait(false);
        var count = page.Publications.CountWithin(hubOptions.MaxQueuedBytes);
        return count == page.Publications.Count ? page : page with { Publications = [.. page.Publications.Take(count)] };
    }

    // Presence has no pages.
    private async ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadBoundedPresenceAsync(string channel)
    {
        var presence = await presenceStore.ReadAsync(channel).ConfigureAwait(false);
        var bytes = 0L;
        foreach (var info in presence.Values) bytes += info.ApproximateBytes;
        return bytes <= hubOptions.MaxQueuedBytes ? presence : throw new ClientException(ClientErrors.LimitExceeded.Because("The channel's presence exceeds MaxQueuedBytes: read presence stats instead.", true));
    }

    public async ValueTask<Outcome<PresenceStatsResult>> PresenceStatsForClientAsync(Client client, string channel)
    {
        var allowed = await AllowPresenceAsync(client, channel).OnShard(client.Shard);
        return allowed.IsSuccess
            ? await GuardAsync(channel, () => presenceStore.CountAsync(channel), static stats => new PresenceStatsResult { NumClients = (uint)stats.Clients, NumUsers = (uint)stats.Users }).OnShard(client.Shard)
            : allowed.Failure<PresenceStatsResult>();
    }

    private async ValueTask<Outcome<Done>> AllowPresenceAsync(Client client, string channel)
    {
        var found = Find(channel);
        if (!found.IsSuccess) return found.Failure<Done>();
        if (!found.Value.Options.Presence) return ClientErrors.NotAvailable.Because("The namespace maintains no presence: set Presence.", true);
        var route = application.FindChannel(channel, out var values);
        var isAllowed = found.Value.MayReadPresence(client, channel);
        return await DecideAsync(client, channel, "presence", route?.Presence, values, isAllowed).OnShard(client.Shard);
    }

    private Outcome<ChannelNamespace> Find(string channel) =>
        channel.Length == 0 ? Disconnects.BadRequest.Because("The command names no channel.") : namespaces.Find(channel);

    // The application's handler decides if there is one, otherwise the namespace's options.
    private async ValueTask<Outcome<Done>> DecideAsync(
        Client client, string channel, string type, Handler<AccessDecision>? handler, ChannelValues values, bool isAllowed)
    {
        if (handler is not null)
        {
            var context = new HandlerContext { Type = type, Client = client, Target = channel, Values = values };
            var answer = await handlers.DecideAsync(handler, context).OnShard(client.Shard);
            return answer.IsSuccess ? Done.Instance : answer.Failure<Done>();
        }

        return isAllowed
            ? Done.Instance
            : ClientErrors.PermissionDenied.Because("No handler decides, and the options of the namespace do not allow reading it.", true);
    }

    private ValueTask<Outcome<TResult>> GuardAsync<T, TResult>(string channel, Func<ValueTask<T>> read, Func<T, TResult> result)
        where TResult : Result => brokerCalls.RunAsync(channel, read, result);
}
