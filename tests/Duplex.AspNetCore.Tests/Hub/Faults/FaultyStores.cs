using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Tokens;

namespace Duplex.AspNetCore.Tests.Hub.Faults;

/// <summary>A broker that does what the script says before its work.</summary>
internal sealed class FaultyBroker(IBroker broker, FaultScript script) : IBroker
{
    public void Attach(IBrokerReceiver receiver) => broker.Attach(receiver);

    public ValueTask SubscribeAsync(string channel) => Faulty.RunAsync(script.At("broker.subscribe"), () => broker.SubscribeAsync(channel));

    public ValueTask UnsubscribeAsync(string channel) => Faulty.RunAsync(script.At("broker.unsubscribe"), () => broker.UnsubscribeAsync(channel));

    public ValueTask<PublishResult> PublishAsync(string channel, Publication publication, StreamOptions stream, PublishOptions options) =>
        Faulty.RunAsync(script.At("broker.publish"), () => broker.PublishAsync(channel, publication, stream, options));

    public ValueTask<HistoryPage> ReadHistoryAsync(string channel, HistoryQuery query, StreamOptions stream) =>
        Faulty.RunAsync(script.At("broker.history"), () => broker.ReadHistoryAsync(channel, query, stream));

    public ValueTask RemoveHistoryAsync(string channel) => broker.RemoveHistoryAsync(channel);

    public ValueTask PublishJoinAsync(string channel, ClientInfo info) => Faulty.RunAsync(script.At("broker.join"), () => broker.PublishJoinAsync(channel, info));

    public ValueTask PublishLeaveAsync(string channel, ClientInfo info) => Faulty.RunAsync(script.At("broker.leave"), () => broker.PublishLeaveAsync(channel, info));
}

/// <summary>A broker of maps that does what the script says before its work.</summary>
internal sealed class FaultyMapBroker(IMapBroker maps, FaultScript script) : IMapBroker
{
    public void Attach(IMapReceiver receiver) => maps.Attach(receiver);

    public ValueTask SubscribeAsync(string channel) => Faulty.RunAsync(script.At("maps.subscribe"), () => maps.SubscribeAsync(channel));

    public ValueTask UnsubscribeAsync(string channel) => Faulty.RunAsync(script.At("maps.unsubscribe"), () => maps.UnsubscribeAsync(channel));

    public ValueTask<MapPublishResult> PublishAsync(string channel, Publication publication, MapStorageOptions storage, MapPublishOptions options) =>
        Faulty.RunAsync(script.At("maps.publish"), () => maps.PublishAsync(channel, publication, storage, options));

    public ValueTask<MapPublishResult> RemoveAsync(string channel, Publication publication, MapStorageOptions storage, string? idempotencyKey = null) =>
        Faulty.RunAsync(script.At("maps.remove"), () => maps.RemoveAsync(channel, publication, storage, idempotencyKey));

    public ValueTask<MapStatePage> ReadStateAsync(string channel, MapStateQuery query, MapStorageOptions storage) =>
        Faulty.RunAsync(script.At("maps.state"), () => maps.ReadStateAsync(channel, query, storage));

    public ValueTask<HistoryPage> ReadStreamAsync(string channel, HistoryQuery query, MapStorageOptions storage) =>
        Faulty.RunAsync(script.At("maps.stream"), () => maps.ReadStreamAsync(channel, query, storage));

    public ValueTask<int> CountAsync(string channel, MapStorageOptions storage) => maps.CountAsync(channel, storage);

    public ValueTask ClearAsync(string channel) => maps.ClearAsync(channel);
}

/// <summary>A presence store that does what the script says before its work.</summary>
internal sealed class FaultyPresenceStore(IPresenceStore store, FaultScript script) : IPresenceStore
{
    public ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl) => Faulty.RunAsync(script.At("presence.add"), () => store.AddAsync(channel, info, ttl));

    public ValueTask RemoveAsync(string channel, string clientId) => Faulty.RunAsync(script.At("presence.remove"), () => store.RemoveAsync(channel, clientId));

    public ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel) => Faulty.RunAsync(script.At("presence.read"), () => store.ReadAsync(channel));

    public ValueTask<PresenceStats> CountAsync(string channel) => Faulty.RunAsync(script.At("presence.count"), () => store.CountAsync(channel));
}

/// <summary>Takes each token for the name of its user, after what the script says.</summary>
internal sealed class FaultyTokens(FaultScript script) : ITokenVerifier
{
    public ValueTask<TokenVerdict<ConnectionToken>> VerifyConnectionAsync(string token, CancellationToken cancellationToken)
    {
        script.Watch(cancellationToken);
        var verdict = new TokenVerdict<ConnectionToken>(TokenStatus.Valid, new ConnectionToken { User = token });
        return Faulty.RunAsync(script.At("token"), () => new ValueTask<TokenVerdict<ConnectionToken>>(verdict));
    }

    public ValueTask<TokenVerdict<SubscriptionToken>> VerifySubscriptionAsync(string token, CancellationToken cancellationToken) => default;
}

internal static class Faulty
{
    public static ValueTask RunAsync(ValueTask fault, Func<ValueTask> call) => fault.IsCompletedSuccessfully ? call() : AfterAsync(fault, call);

    public static ValueTask<T> RunAsync<T>(ValueTask fault, Func<ValueTask<T>> call) => fault.IsCompletedSuccessfully ? call() : AfterAsync(fault, call);

    private static async ValueTask AfterAsync(ValueTask fault, Func<ValueTask> call)
    {
        await fault;
        await call();
    }

    private static async ValueTask<T> AfterAsync<T>(ValueTask fault, Func<ValueTask<T>> call)
    {
        await fault;
        return await call();
    }
}
