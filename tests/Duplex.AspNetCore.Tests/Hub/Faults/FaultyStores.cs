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

    public ValueTask SubscribeAsync(string channel, CancellationToken cancellationToken = default) => Faulty.RunAsync(script.At("broker.subscribe"), () => broker.SubscribeAsync(channel, cancellationToken));

    public ValueTask UnsubscribeAsync(string channel, CancellationToken cancellationToken = default) => Faulty.RunAsync(script.At("broker.unsubscribe"), () => broker.UnsubscribeAsync(channel, cancellationToken));

    public ValueTask<PublishResult> PublishAsync(string channel, Publication publication, StreamOptions stream, PublishOptions options, CancellationToken cancellationToken = default) =>
        Faulty.RunAsync(script.At("broker.publish"), () => broker.PublishAsync(channel, publication, stream, options, cancellationToken));

    public ValueTask<HistoryPage> ReadHistoryAsync(string channel, HistoryQuery query, StreamOptions stream, CancellationToken cancellationToken = default) =>
        Faulty.RunAsync(script.At("broker.history"), () => broker.ReadHistoryAsync(channel, query, stream, cancellationToken));

    public ValueTask RemoveHistoryAsync(string channel, CancellationToken cancellationToken = default) => broker.RemoveHistoryAsync(channel, cancellationToken);

    public ValueTask PublishJoinAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default) => Faulty.RunAsync(script.At("broker.join"), () => broker.PublishJoinAsync(channel, info, cancellationToken));

    public ValueTask PublishLeaveAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default) => Faulty.RunAsync(script.At("broker.leave"), () => broker.PublishLeaveAsync(channel, info, cancellationToken));
}

/// <summary>A broker of maps that does what the script says before its work.</summary>
internal sealed class FaultyMapBroker(IMapBroker maps, FaultScript script) : IMapBroker
{
    public void Attach(IMapReceiver receiver) => maps.Attach(receiver);

    public ValueTask SubscribeAsync(string channel, CancellationToken cancellationToken = default) => Faulty.RunAsync(script.At("maps.subscribe"), () => maps.SubscribeAsync(channel, cancellationToken));

    public ValueTask UnsubscribeAsync(string channel, CancellationToken cancellationToken = default) => Faulty.RunAsync(script.At("maps.unsubscribe"), () => maps.UnsubscribeAsync(channel, cancellationToken));

    public ValueTask<MapPublishResult> PublishAsync(string channel, Publication publication, MapStorageOptions storage, MapPublishOptions options, CancellationToken cancellationToken = default) =>
        Faulty.RunAsync(script.At("maps.publish"), () => maps.PublishAsync(channel, publication, storage, options, cancellationToken));

    public ValueTask<MapPublishResult> RemoveAsync(string channel, Publication publication, MapStorageOptions storage, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        Faulty.RunAsync(script.At("maps.remove"), () => maps.RemoveAsync(channel, publication, storage, idempotencyKey, cancellationToken));

    public ValueTask<MapStatePage> ReadStateAsync(string channel, MapStateQuery query, MapStorageOptions storage, CancellationToken cancellationToken = default) =>
        Faulty.RunAsync(script.At("maps.state"), () => maps.ReadStateAsync(channel, query, storage, cancellationToken));

    public ValueTask<HistoryPage> ReadStreamAsync(string channel, HistoryQuery query, MapStorageOptions storage, CancellationToken cancellationToken = default) =>
        Faulty.RunAsync(script.At("maps.stream"), () => maps.ReadStreamAsync(channel, query, storage, cancellationToken));

    public ValueTask<int> CountAsync(string channel, MapStorageOptions storage, CancellationToken cancellationToken = default) => maps.CountAsync(channel, storage, cancellationToken);

    public ValueTask ClearAsync(string channel, CancellationToken cancellationToken = default) => maps.ClearAsync(channel, cancellationToken);
}

/// <summary>A presence store that does what the script says before its work.</summary>
internal sealed class FaultyPresenceStore(IPresenceStore store, FaultScript script) : IPresenceStore
{
    public ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl, CancellationToken cancellationToken = default) => Faulty.RunAsync(script.At("presence.add"), () => store.AddAsync(channel, info, ttl, cancellationToken));

    public ValueTask RemoveAsync(string channel, string clientId, CancellationToken cancellationToken = default) => Faulty.RunAsync(script.At("presence.remove"), () => store.RemoveAsync(channel, clientId, cancellationToken));

    public ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel, CancellationToken cancellationToken = default) => Faulty.RunAsync(script.At("presence.read"), () => store.ReadAsync(channel, cancellationToken));

    public ValueTask<PresenceStats> CountAsync(string channel, CancellationToken cancellationToken = default) => Faulty.RunAsync(script.At("presence.count"), () => store.CountAsync(channel, cancellationToken));
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
