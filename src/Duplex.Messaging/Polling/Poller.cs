using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Polling;

/// <summary>Lets clients track keys of shared-poll channels. Members are for the client's shard unless documented otherwise.</summary>
internal sealed class Poller(
    ApplicationModel application,
    HubClock clock,
    NamespaceTable namespaces,
    ChannelTable channelTable,
    HubReports reports,
    HandlerInvoker handlers,
    HubOptions hubOptions) : IHubPolls
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PollChannel> _channels = new(StringComparer.Ordinal);

    /// <summary>Whether a poll handler is mapped for a channel. Safe from any thread.</summary>
    public bool IsAnswered(string channel) => application.FindChannel(channel, out _) is { Poll: not null };

    /// <summary>Creates a subscription to a channel that has a poll handler.</summary>
    public PollSubscription Subscribe(Client client, ShardChannel shardChannel)
    {
        var name = shardChannel.Channel.Name;
        var handler = application.FindChannel(name, out var values)!.Poll!;
        lock (_gate)
        {
            if (!_channels.TryGetValue(name, out var channel))
            {
                var ns = shardChannel.Channel.Namespace;
                var source = new PollSource(handlers, handler, name, values);
                _channels[name] = channel = new PollChannel(clock, channelTable, reports, source, name, ns.Options.SharedPoll, ns.DataFormat);
            }

            channel.Subscribers++;
            return new PollSubscription(client, shardChannel, channel);
        }
    }

    public void End(PollSubscription subscription)
    {
        foreach (var key in subscription.Keys.Keys.ToArray()) subscription.Poll.Untrack(subscription, key);
        lock (_gate)
        {
            if (--subscription.Poll.Subscribers == 0) _channels.Remove(subscription.Channel);
        }
    }

    /// <summary>Starts and stops tracking keys for a client. Either all signatures are valid or nothing changes.</summary>
    public async ValueTask<Outcome<SubRefreshResult>> TrackAsync(Client client, SubRefreshRequest request)
    {
        var found = Find(client, request.Channel);
        if (!found.IsSuccess) return found.Failure<SubRefreshResult>();
        var subscription = found.Value;
        var batches = request.Track;
        if (batches.Count == 0 || batches.Any(batch => batch.Keys.Count == 0 || batch.Keys.Any(key => !IsKey(key.Key)))) return ClientErrors.BadRequest.Because("The command names no keys, or a key that is empty, too long or contains a NUL.");

        var expiries = new DateTimeOffset?[batches.Count];
        for (var i = 0; i < expiries.Length; i++)
        {
            if (Verify(client, subscription, batches[i], out expiries[i]) is { } error) return error;
        }

        var keys = batches.SelectMany(static batch => batch.Keys).Select(static item => item.Key).Distinct(StringComparer.Ordinal).ToArray();
        var fresh = keys.Where(key => !subscription.Keys.ContainsKey(key)).ToArray();
        if (CountKeys(client) + fresh.Length > subscription.Poll.Options.MaxKeysPerConnection) return ClientErrors.LimitExceeded.Because("The client tracks more keys than MaxKeysPerConnection allows.", true);

        var loading = subscription.Poll.Track(subscription, fresh);
        for (var i = 0; i < expiries.Length; i++) Record(subscription, batches[i], expiries[i]);
        Untrack(subscription, request.Untrack);
        client.Timer.Watch(subscription);
        await new ValueTask(loading).OnShard(client.Shard);
        if (subscription.Has(SubscriptionState.Ended)) return client.Phase == ClientPhase.Closed ? Disconnects.ConnectionClosed : ClientErrors.PermissionDenied.Because("The server unsubscribed the client while the command ran.", false);
        return new SubRefreshResult
        {
            Expires = expiries.Any(static expiry => expiry is not null),
            TtlSeconds = Ttl(expiries),
            Items = Items(subscription, keys),
            Delta = subscription.Has(SubscriptionState.Delta),
        };
    }

    public static Outcome<SubRefreshResult> Untrack(Client client, SubRefreshRequest request)
    {
        var found = Find(client, request.Channel);
        if (!found.IsSuccess) return found.Failure<SubRefreshResult>();
        Untrack(found.Value, request.Untrack);
        return new SubRefreshResult();
    }

    /// <summary>Drops the keys whose signatures have expired.</summary>
    public static void Sweep(PollSubscription subscription, long now)
    {
        foreach (var (key, tracked) in subscription.Keys.ToArray())
        {
            if (tracked.ExpiresAt != 0 && tracked.ExpiresAt <= now) subscription.Poll.Untrack(subscription, key);
        }
    }

    /// <summary>Publishes an item between two polls. Safe from any thread.</summary>
    public ValueTask PublishAsync(string channel, PolledItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(item);
        var found = namespaces.Find(channel);
        if (!found.IsSuccess) throw new ClientException(found.Error!);
        if (found.Value.Options.SubscriptionType != SubscriptionType.SharedPoll || !IsKey(item.Key)) throw new ClientException(ClientErrors.BadRequest);
        if (!item.IsRemoved && !found.Value.DataFormat.Accepts(item.Data.Span, out _)) throw new ClientException(ClientErrors.BadRequest);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        PollChannel? tracked;
        lock (_gate) tracked = _channels.GetValueOrDefault(channel);
        tracked?.Apply([item]);
        return default;
    }

    private static Outcome<PollSubscription> Find(Client client, string channel)
    {
        if (channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        if (client.Subscriptions.Find(channel) is not { } found || !found.Has(SubscriptionState.Live)) return ClientErrors.PermissionDenied.Because("The client is not subscribed to the channel.", false);
        return found is PollSubscription poll ? poll : ClientErrors.NotAvailable.Because("The channel is not a shared poll: set SubscriptionType of the namespace.", true);
    }

    // Keys have the bound of channel names, so the number of a client's keys also bounds their memory.
    private bool IsKey(string key) => key.Length > 0 && key.Length <= hubOptions.MaxChannelLength && !key.Contains('\0', StringComparison.Ordinal);

    private ClientError? Verify(Client client, PollSubscription subscription, PollBatch batch, out DateTimeOffset? expiry)
    {
        expiry = null;
        var options = subscription.Poll.Options;
        if (options.HmacSecretKey is not { Length: > 0 } secret)
        {
            return options.AllowUnsignedKeys || hubOptions.IsInsecure ? null : ClientErrors.PermissionDenied.Because("The keys have no signature: set HmacSecretKey, or AllowUnsignedKeys.", true);
        }

        var (error, expiresAt) = PollSignature.Verify(secret, client.User, subscription.Channel, batch, clock.UtcNow);
        if (error is null) expiry = expiresAt;
        return error;
    }

    private void Record(PollSubscription subscription, PollBatch batch, DateTimeOffset? expiry)
    {
        var moment = expiry is { } at ? clock.MomentOf(at + PollSignature.Grace) : 0;
        foreach (var (key, version) in batch.Keys)
        {
            var tracked = subscription.Keys[key];
            if (tracked.Version != version) tracked.HasBase = false;
            (tracked.Version, tracked.ExpiresAt) = (version, moment);
        }
    }

    private static void Untrack(PollSubscription subscription, IReadOnlyList<string> keys)
    {
        foreach (var key in keys) subscription.Poll.Untrack(subscription, key);
    }

    private static int CountKeys(Client client)
    {
        var count = 0;
        for (var subscription = client.Subscriptions.First; subscription is not null; subscription = subscription.NextOfClient)
        {
            if (subscription is PollSubscription poll) count += poll.Keys.Count;
        }

        return count;
    }

    private uint Ttl(DateTimeOffset?[] expiries) =>
        expiries.Min() is { } first ? (uint)Math.Clamp((first - clock.UtcNow).TotalSeconds, 0, uint.MaxValue) : 0;

    private static List<Publication> Items(PollSubscription subscription, string[] keys)
    {
        List<Publication> items = [];
        foreach (var key in keys)
        {
            if (!subscription.Keys.TryGetValue(key, out var tracked) || subscription.Poll.Read(tracked) is not { } item) continue;
            if (item.IsRemoval) subscription.Poll.Untrack(subscription, key);
            items.Add(item);
        }

        return items;
    }
}
