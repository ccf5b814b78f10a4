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

/// <summary>Changes maps, for the server and for clients that may.</summary>
internal sealed class MapPublisher(
    ApplicationModel application,
    IMapBroker mapBroker,
    HubClock clock,
    NamespaceTable namespaces,
    PayloadSerializer payloads,
    HandlerInvoker handlers,
    BrokerCalls brokerCalls)
{
    public static Publication Removal(HubClock clock, string key, ClientInfo? info = null) => new()
    {
        Data = default,
        Key = key,
        IsRemoval = true,
        Info = info,
        Time = clock.UtcNow.ToUnixTimeMilliseconds(),
    };

    public ValueTask<MapPublishResult> PublishAsync(string channel, string key, ReadOnlyMemory<byte> data, MapPublishOptions? options, CancellationToken cancellationToken)
    {
        var ns = Writable(channel, key);
        if (!ns.DataFormat.Accepts(data.Span, out var isJson)) throw new ClientException(ClientErrors.BadRequest.Because("The key is empty, the data is not what DataFormat allows, or the map is one of presence."));
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<MapPublishResult>(cancellationToken);
        options ??= MapPublishOptions.None;
        var publication = new Publication
        {
            Data = data,
            IsJson = isJson,
            Key = key,
            Score = options.Score,
            Info = options.Info,
            Tags = options.Tags,
            Version = options.Version,
            Time = clock.UtcNow.ToUnixTimeMilliseconds(),
            IsDeltaAllowed = options.Delta || ns.Options.DeltaPublish,
        };
        if (!HubActivities.IsObserved) return mapBroker.PublishAsync(channel, publication, ns.Map!.Storage, options, cancellationToken);
        return HubActivities.PublishAsync(
            channel,
            static of => of.mapBroker.PublishAsync(of.channel, of.publication, of.Storage, of.options, of.cancellationToken),
            (mapBroker, channel, publication, ns.Map!.Storage, options, cancellationToken));
    }

    public ValueTask<MapPublishResult> RemoveAsync(string channel, string key, string? idempotencyKey, ClientInfo? info, CancellationToken cancellationToken)
    {
        var ns = Writable(channel, key);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<MapPublishResult>(cancellationToken)
            : mapBroker.RemoveAsync(channel, Removal(clock, key, info), ns.Map!.Storage, idempotencyKey, cancellationToken);
    }

    public async ValueTask<Outcome<PublishedResult>> PublishByClientAsync(Client client, string channel, string key, ReadOnlyMemory<byte> data)
    {
        if (channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        var found = Find(channel);
        if (!found.IsSuccess) return found.Failure<PublishedResult>();
        if (!found.Value.DataFormat.Accepts(data.Span, out _)) return DataCheck.Refuse<PublishedResult>(data, found.Value.DataFormat);
        var map = found.Value.Map!;
        key = map.KeyOf(client, key);
        var route = application.FindChannel(channel, out var values);
        var context = new HandlerContext { Type = "publish", Client = client, Target = channel, Values = values, Data = data, Key = key };
        var allowed = await DecideAsync<PublishDecision>(map, route?.Publish, context, map.MayPublish(client, channel)).OnShard(client.Shard);
        if (!allowed.IsSuccess) return allowed.Failure<PublishedResult>();
        var options = MapPublishOptions.Of(allowed.Value.Options);
        if (allowed.Value.Data is { } replacement) data = payloads.SerializeObject(replacement);

        return await ChangeAsync(client, channel, info => PublishAsync(channel, key, data, options with { Info = info }, CancellationToken.None)).OnShard(client.Shard);
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
        return await ChangeAsync(client, channel, info => RemoveAsync(channel, key, null, info, CancellationToken.None)).OnShard(client.Shard);
    }

    // A namespace of maps.
    private Outcome<ChannelNamespace> Find(string channel)
    {
        var found = namespaces.Find(channel);
        return found.IsSuccess && found.Value.Map is null ? ClientErrors.BadRequest.Because("The namespace of the channel has no maps: set SubscriptionType, or publish without a key.") : found;
    }

    // The hub alone writes presence.
    private ChannelNamespace Writable(string channel, string key)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(key);
        var found = Find(channel);
        if (!found.IsSuccess) throw new ClientException(found.Error!);
        return key.Length > 0 && !found.Value.Map!.IsPresence ? found.Value : throw new ClientException(ClientErrors.BadRequest.Because("The key is empty, the data is not what DataFormat allows, or the map is one of presence."));
    }

    // The application's handler decides where there is one, else the namespace's options.
    private ValueTask<Outcome<T>> DecideAsync<T>(MapNamespace map, Handler<T>? handler, HandlerContext context, T byOptions)
        where T : Decision
    {
        if (map.IsPresence) return new(ClientErrors.PermissionDenied.Because("Maps of presence are written by the hub alone.", false));
        if (context.Key!.Length == 0)
        {
            return new(map.Options.ClientKey == MapClientKey.Given
                ? ClientErrors.BadRequest.Because("The command names no key.")
                : ClientErrors.PermissionDenied.Because("The key is the client's user, and an anonymous client has none.", false));
        }

        if (handler is not null) return handlers.DecideAsync(handler, context);
        return new(byOptions.IsAllowed ? byOptions : ClientErrors.PermissionDenied.Because("No handler decides, and AllowPublish options of the namespace do not allow it.", true));
    }

    private ValueTask<Outcome<PublishedResult>> ChangeAsync(Client client, string channel, Func<ClientInfo, ValueTask<MapPublishResult>> change)
    {
        var info = client.FindSubscription(channel)?.Info ?? client.Info;
        return brokerCalls.RunAsync(channel, () => change(info), static _ => PublishedResult.Instance);
    }
}
