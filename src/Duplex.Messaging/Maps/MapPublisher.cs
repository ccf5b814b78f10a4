using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Maps;

/// <summary>Changes maps for the server, and for clients that are permitted to.</summary>
internal sealed class MapPublisher(
    ApplicationModel application,
    IMapBroker mapBroker,
    PublicationFactory publications,
    NamespaceTable namespaces,
    PayloadSerializer payloads,
    HandlerInvoker handlers,
    BrokerCalls brokerCalls)
{
    public ValueTask<MapPublishResult> PublishAsync(string channel, string key, ReadOnlyMemory<byte> data, MapPublishOptions? options, CancellationToken cancellationToken)
    {
        var ns = Writable(channel, key);
        if (!ns.DataFormat.Accepts(data.Span, out var isJson)) throw new ClientException(ClientErrors.BadRequest.Because("The key is empty, the data is not what DataFormat allows, or the map is one of presence."));
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<MapPublishResult>(cancellationToken);
        options ??= MapPublishOptions.None;
        return Publish(channel, publications.Create(data, isJson, key, options, ns), ns.Map!.Storage, options, cancellationToken);
    }

    public ValueTask<MapPublishResult> RemoveAsync(string channel, string key, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var ns = Writable(channel, key);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<MapPublishResult>(cancellationToken)
            : mapBroker.RemoveAsync(channel, publications.CreateRemoval(key), ns.Map!.Storage, idempotencyKey, cancellationToken);
    }

    public async ValueTask<Outcome<PublishedResult>> PublishByClientAsync(Client client, string channel, string key, ReadOnlyMemory<byte> data)
    {
        if (channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        var found = Find(channel);
        if (!found.IsSuccess) return found.Failure<PublishedResult>();
        var ns = found.Value;
        if (!ns.DataFormat.Accepts(data.Span, out var isJson)) return DataCheck.Refuse<PublishedResult>(data, ns.DataFormat);
        var map = ns.Map!;
        key = map.KeyOf(client, key);
        var route = application.FindChannel(channel, out var values);
        var context = new HandlerContext { Type = "publish", Client = client, Target = channel, Values = values, Data = data, Key = key };
        var allowed = await DecideAsync<PublishDecision>(map, route?.Publish, context, map.MayPublish(client, channel)).OnShard(client.Shard);
        if (!allowed.IsSuccess) return allowed.Failure<PublishedResult>();
        if (allowed.Value.Data is { } replacement)
        {
            data = payloads.SerializeObject(replacement);
            if (!ns.DataFormat.Accepts(data.Span, out isJson)) return ClientErrors.BadRequest.Because($"The namespace's DataFormat ({ns.DataFormat}) does not allow the handler's data.");
        }

        var options = MapPublishOptions.From(allowed.Value.Options, InfoOf(client, channel));
        var entry = publications.Create(data, isJson, key, options, ns);
        return await brokerCalls.RunAsync(channel, () => Publish(channel, entry, map.Storage, options, CancellationToken.None), static _ => PublishedResult.Instance)
            .OnShard(client.Shard);
    }

    public async ValueTask<Outcome<PublishedResult>> RemoveByClientAsync(Client client, string channel, string key)
    {
        if (channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        var found = Find(channel);
        if (!found.IsSuccess) return found.Failure<PublishedResult>();
        var map = found.Value.Map!;
        key = map.KeyOf(client, key);
        var route = application.FindChannel(channel, out var values);
        var context = new HandlerContext { Type = "remove", Client = client, Target = channel, Values = values, Key = key };
        var allowed = await DecideAsync<AccessDecision>(map, route?.Remove, context, map.MayRemove(client, channel)).OnShard(client.Shard);
        if (!allowed.IsSuccess) return allowed.Failure<PublishedResult>();
        var removal = publications.CreateRemoval(key, InfoOf(client, channel));
        return await brokerCalls.RunAsync(channel, () => mapBroker.RemoveAsync(channel, removal, map.Storage), static _ => PublishedResult.Instance)
            .OnShard(client.Shard);
    }

    // Finds a namespace of maps.
    private Outcome<ChannelNamespace> Find(string channel)
    {
        var found = namespaces.Find(channel);
        return found.IsSuccess && found.Value.Map is null ? ClientErrors.BadRequest.Because("The namespace of the channel has no maps: set SubscriptionType, or publish without a key.") : found;
    }

    // Only the hub writes presence.
    private ChannelNamespace Writable(string channel, string key)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(key);
        var found = Find(channel);
        if (!found.IsSuccess) throw new ClientException(found.Error!);
        return key.Length > 0 && !found.Value.Map!.IsPresence ? found.Value : throw new ClientException(ClientErrors.BadRequest.Because("The key is empty, the data is not what DataFormat allows, or the map is one of presence."));
    }

    // The application's handler decides if there is one, otherwise the namespace's options.
    private ValueTask<Outcome<T>> DecideAsync<T>(MapNamespace map, Handler<T>? handler, HandlerContext context, T byOptions)
        where T : Decision
    {
        if (map.IsPresence) return new(ClientErrors.PermissionDenied.Because("Only the hub writes maps of presence.", false));
        if (context.Key!.Length == 0)
        {
            return new(map.Options.ClientKey == MapClientKey.Given
                ? ClientErrors.BadRequest.Because("The command names no key.")
                : ClientErrors.PermissionDenied.Because("The key is the client's user, and an anonymous client has none.", false));
        }

        if (handler is not null) return handlers.DecideAsync(handler, context);
        return new(byOptions.IsAllowed ? byOptions : ClientErrors.PermissionDenied.Because("No handler decides, and AllowPublish options of the namespace do not allow it.", true));
    }

    private ValueTask<MapPublishResult> Publish(
        string channel, Publication entry, MapStorageOptions storage, MapPublishOptions options, CancellationToken cancellationToken)
    {
        if (!HubActivities.IsObserved) return mapBroker.PublishAsync(channel, entry, storage, options, cancellationToken);
        return HubActivities.PublishAsync(
            channel,
            static of => of.mapBroker.PublishAsync(of.channel, of.entry, of.storage, of.options, of.cancellationToken),
            (mapBroker, channel, entry, storage, options, cancellationToken));
    }

    private static ClientInfo InfoOf(Client client, string channel) => client.Subscriptions.Find(channel)?.Info ?? client.Info;
}
