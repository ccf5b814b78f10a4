using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Model;
using Duplex.Centrifuge.Model.Requests;
using Duplex.Centrifuge.Model.Results;
using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using ConnectRequest = Duplex.Centrifuge.Model.Requests.ConnectRequest;

namespace Duplex.Centrifuge.Session;

/// <summary>Carries out one command after another and writes its reply. Part of its session, which every client has: hence no object of its own.</summary>
internal readonly struct CommandDispatcher(Client client, DialectWire wire, ClientFeatures features, SessionOptions options)
{
    private const string JavaScriptSdk = "js";

    public IProtocolCodec Codec => wire.Codec;

    public ValueTask ExecuteAsync(Command command)
    {
        var (id, request) = command;
        if (id == 0 && request is not SendRequest)
        {
            TakePong();
            return default;
        }

        if (client.Phase != ClientPhase.Connected && request is not ConnectRequest) return End(Disconnects.BadRequest with { Explanation = "The client sent a command before it was connected." });
        if (command.IsTooDeep) return RefuseDepth(id);
        if (request is ConnectRequest connect) return ConnectAsync(id, connect);
        return request switch
        {
            SubscribeRequest subscribe => SubscribeAsync(id, subscribe),
            UnsubscribeRequest unsubscribe => Reply(id, client.Unsubscribe(unsubscribe.Channel), static _ => UnsubscribeResult.Instance),
            PublishRequest publish => PublishAsync(id, publish),
            PresenceRequest presence => ReadPresenceAsync(id, presence),
            PresenceStatsRequest stats => CountPresenceAsync(id, stats),
            HistoryRequest history => ReadHistoryAsync(id, history),
            RpcRequest call => CallAsync(id, call),
            SendRequest send => client.Receive(send.Data) ? default : End(Disconnects.NotAvailable),
            RefreshRequest refresh => RefreshAsync(id, refresh),
            SubRefreshRequest refresh => RefreshAsync(id, refresh),
            _ => End(Disconnects.BadRequest with { Explanation = "The frame holds no command that the server knows." }),
        };
    }

    private static Disconnect NotJson { get; } =
        Disconnects.InappropriateProtocol with { Explanation = "The reply is not JSON: clients that need it must connect in Protobuf." };

    // The JavaScript SDK offers to know channels by numbers, but in Protobuf it takes them for objects where long.js is
    // installed, which equal nothing: it would miss every push.
    private bool MissesNumbers => !wire.Codec.IsText && client.Name == JavaScriptSdk;

    /// <summary>The peer answered a ping, or nothing at all.</summary>
    public void TakePong()
    {
        if (client.Phase != ClientPhase.Connected || !client.Pong()) client.Disconnect(Disconnects.BadRequest with { Explanation = "The client sent a pong or an empty command that no ping asked for." });
    }

    private async ValueTask ConnectAsync(uint id, ConnectRequest request)
    {
        var outcome = await client.ConnectAsync(ModelMapping.ToHub(request)).OnShard(client.Shard);
        await Reply(id, outcome.IsSuccess ? ModelMapping.ToResult(outcome.Value, client, features, options) : outcome.Failure<Result>()).OnShard(client.Shard);
        if (!outcome.IsSuccess) return;
        foreach (var grant in outcome.Value.Subscriptions) client.Activate(grant);
    }

    /// <summary>Connects a client that can only listen: it gets a push, or the end of its connection.</summary>
    public async ValueTask ConnectOneWayAsync(ConnectRequest request)
    {
        var outcome = await client.ConnectAsync(ModelMapping.ToOneWay(request)).OnShard(client.Shard);
        if (!outcome.IsSuccess)
        {
            if (outcome.Disconnect is { } disconnect) await End(disconnect).OnShard(client.Shard);
            else client.Refuse(outcome.Error!, OneWayRefusal.Of(outcome.Error!, options));
            return;
        }

        if (wire.EncodeConnect(ModelMapping.ToResult(outcome.Value, client, features, options)) is not { } frame)
        {
            await End(NotJson).OnShard(client.Shard);
            return;
        }

        client.SendControl(frame);
        frame.Release();
        foreach (var grant in outcome.Value.Subscriptions) client.Activate(grant);
    }

    private async ValueTask SubscribeAsync(uint id, SubscribeRequest request)
    {
        var asked = ModelMapping.ToHub(request);
        if (MissesNumbers) asked = asked with { ChannelCompaction = false };
        var outcome = await client.SubscribeAsync(asked).OnShard(client.Shard);
        await Reply(id, outcome, ModelMapping.ToResult).OnShard(client.Shard);
        if (outcome.IsSuccess) client.Activate(outcome.Value);
    }

    private async ValueTask PublishAsync(uint id, PublishRequest request)
    {
        var publishing = request.Type switch
        {
            SubscriptionType.Stream => client.PublishAsync(request.Channel, request.Data),
            SubscriptionType.Map when request.Removed => client.RemoveMapAsync(request.Channel, request.Key),
            SubscriptionType.Map => client.PublishMapAsync(request.Channel, request.Key, request.Data),
            _ => new(client.Refuse("publish", request.Channel, ClientErrors.BadRequest with { Explanation = "The type of the publication is neither stream nor map." })),
        };
        await Reply(id, await publishing.OnShard(client.Shard), static _ => PublishedResult.Instance).OnShard(client.Shard);
    }

    private async ValueTask ReadPresenceAsync(uint id, PresenceRequest request)
    {
        var outcome = await client.ReadPresenceAsync(request.Channel).OnShard(client.Shard);
        await Reply(id, outcome, static presence => new PresenceResult { Presence = presence }).OnShard(client.Shard);
    }

    private async ValueTask CountPresenceAsync(uint id, PresenceStatsRequest request)
    {
        var outcome = await client.CountPresenceAsync(request.Channel).OnShard(client.Shard);
        await Reply(id, outcome, static stats => new PresenceStatsResult { NumClients = (uint)stats.Clients, NumUsers = (uint)stats.Users }).OnShard(client.Shard);
    }

    private async ValueTask ReadHistoryAsync(uint id, HistoryRequest request)
    {
        var outcome = await client.ReadHistoryAsync(request.Channel, request.Limit, request.Since, request.Reverse).OnShard(client.Shard);
        await Reply(id, outcome, static page => new HistoryResult { Publications = page.Publications, Position = page.Position }).OnShard(client.Shard);
    }

    private async ValueTask CallAsync(uint id, RpcRequest request)
    {
        var outcome = await client.CallAsync(request.Method, request.Data).OnShard(client.Shard);
        await Reply(id, outcome, static result => new RpcResult { Data = result.Data }).OnShard(client.Shard);
    }

    private async ValueTask RefreshAsync(uint id, RefreshRequest request)
    {
        var outcome = await client.RefreshAsync(request.Token).OnShard(client.Shard);
        await Reply(id, outcome.IsSuccess ? ModelMapping.ToResult(outcome.Value, client) : outcome.Failure<Result>()).OnShard(client.Shard);
    }

    private ValueTask RefreshAsync(uint id, SubRefreshRequest request) => request.Type switch
    {
        SubRefreshType.Refresh => RefreshSubscriptionAsync(id, request),
        SubRefreshType.Track => TrackAsync(id, request),
        SubRefreshType.Untrack => Reply(id, client.Untrack(request.Channel, request.Untrack), static _ => new SubRefreshResult()),
        _ => Reply(id, client.Refuse("sub_refresh", request.Channel, ClientErrors.BadRequest with { Explanation = "The type of the refresh is unknown." }), static _ => new SubRefreshResult()),
    };

    private async ValueTask RefreshSubscriptionAsync(uint id, SubRefreshRequest request)
    {
        var outcome = await client.RefreshAsync(request.Channel, request.Token).OnShard(client.Shard);
        await Reply(id, outcome, static grant => new SubRefreshResult { Expires = grant.TtlSeconds > 0, TtlSeconds = grant.TtlSeconds }).OnShard(client.Shard);
    }

    private async ValueTask TrackAsync(uint id, SubRefreshRequest request)
    {
        var outcome = await client.TrackAsync(request.Channel, ModelMapping.ToHub(request.Track), request.Untrack).OnShard(client.Shard);
        await Reply(id, outcome, static grant => new SubRefreshResult
        {
            Expires = grant.Expires,
            TtlSeconds = grant.TtlSeconds,
            Items = grant.Items,
            Delta = grant.Delta,
        }).OnShard(client.Shard);
    }

    private ValueTask Reply<T>(uint id, Outcome<T> outcome, Func<T, Result> result)
        where T : class =>
        Reply(id, outcome.IsSuccess ? result(outcome.Value) : outcome.Failure<Result>());

    private ValueTask Reply(uint id, Outcome<Result> outcome)
    {
        if (client.Phase == ClientPhase.Closed) return default;
        if (outcome.Disconnect is { } disconnect) return End(disconnect);
        var frame = outcome.IsSuccess ? wire.EncodeResult(id, outcome.Value) : wire.EncodeError(id, client.Describe(outcome.Error!));
        if (frame is null) return End(NotJson);
        client.SendControl(frame);
        frame.Release();
        return default;
    }

    private ValueTask RefuseDepth(uint id)
    {
        const string TooDeep = "The data is nested more deeply than the server reads.";
        return id == 0
            ? End(Disconnects.BadRequest with { Explanation = TooDeep })
            : Reply(id, client.Refuse("read", "", ClientErrors.BadRequest with { Explanation = TooDeep }).Failure<Result>());
    }

    private ValueTask End(Disconnect disconnect)
    {
        client.Disconnect(disconnect);
        return default;
    }
}
