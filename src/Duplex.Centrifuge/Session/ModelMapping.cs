using Duplex.Centrifuge.Model.Results;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Subscriptions;
using Dialect = Duplex.Centrifuge.Model.Requests;

namespace Duplex.Centrifuge.Session;

/// <summary>Between the dialect's messages and the hub's.</summary>
internal static class ModelMapping
{
    private const string FossilDelta = "fossil";

    /// <summary>What connect and refresh replies call the server.</summary>
    public static string ServerVersion { get; } = $"{typeof(ModelMapping).Assembly.GetName().Version?.ToString(3)} Duplex";

    public static ConnectRequest ToHub(Dialect.ConnectRequest request) => new()
    {
        Token = request.Token,
        Data = request.Data,
        Name = request.Name,
        Version = request.Version,
        Headers = request.Headers.Count > 0 ? request.Headers : null,
        Recover = Positions(request.Subs),
    };

    /// <summary>As a one-way client says it: the channels it names are those it wants.</summary>
    public static ConnectRequest ToOneWay(Dialect.ConnectRequest request) => ToHub(request) with { Channels = [.. request.Subs.Keys] };

    public static SubscribeRequest ToHub(Dialect.SubscribeRequest request) => new()
    {
        Channel = request.Channel,
        Token = request.Token,
        RecoverSince = request.Recover ? request.Since : null,
        Data = request.Data,
        IsPositioned = request.Positioned,
        IsRecoverable = request.Recoverable,
        JoinLeave = request.JoinLeave,
        Delta = request.Delta == FossilDelta,
        ChannelCompaction = request.Flag.HasFlag(Dialect.SubscribeFlags.ChannelCompaction),
        RejectUnrecovered = request.Flag.HasFlag(Dialect.SubscribeFlags.RejectUnrecovered),
        TagsFilter = request.TagsFilter,
        Type = request.Type,
        Map = MapStep(request),
    };

    public static ConnectResult ToResult(ConnectGrant grant, Client client, ClientFeatures features, SessionOptions options) => new()
    {
        Client = client.Id,
        Version = ServerVersion,
        Expires = grant.TtlSeconds > 0,
        TtlSeconds = grant.TtlSeconds,
        Data = grant.Data,
        Subs = grant.Subscriptions.Count == 0
            ? null
            : grant.Subscriptions.ToDictionary(subscription => subscription.Channel, ToResult, StringComparer.Ordinal),
        PingSeconds = grant.PingSeconds,
        Pong = grant.PingSeconds > 0 && !features.IsUnidirectional,
        Session = options.Session,
        Node = options.Node,
        TimeMs = grant.Time,
    };

    public static RefreshResult ToResult(RefreshGrant grant, Client client) => new()
    {
        Client = client.Id,
        Version = ServerVersion,
        Expires = grant.TtlSeconds > 0,
        TtlSeconds = grant.TtlSeconds,
    };

    public static SubscribeResult ToResult(SubscriptionGrant grant) => new()
    {
        Expires = grant.TtlSeconds > 0,
        TtlSeconds = grant.TtlSeconds,
        Recoverable = grant.IsRecoverable,
        Positioned = grant.IsPositioned,
        Position = grant.Position,
        Publications = grant.Publications,
        WasRecovering = grant.WasRecovering,
        Recovered = grant.IsRecovered,
        Data = grant.Data,
        Delta = grant.Delta,
        Id = grant.ChannelId,
        Type = grant.Map?.Type ?? grant.Type,
        Phase = grant.Map?.Phase ?? SubscriptionPhase.Live,
        Cursor = grant.Map?.Cursor ?? "",
        State = grant.Map?.State ?? [],
    };

    private static MapRequest? MapStep(Dialect.SubscribeRequest request)
    {
        if (request.Type is not (SubscriptionType.Map or SubscriptionType.MapClients or SubscriptionType.MapUsers)) return null;
        return new MapRequest
        {
            Phase = request.Phase,
            Cursor = request.Cursor,
            Limit = request.Limit,
            IsAscending = request.Ascending,
            Since = request.Since,
            IsRecovering = request.Recover,
        };
    }

    public static IReadOnlyList<PollBatch> ToHub(IReadOnlyList<Dialect.TrackBatch> batches) =>
        [.. batches.Select(static batch => new PollBatch(batch.Signature, [.. batch.Items.Select(static item => new PolledKey(item.Key, item.Version))]))];

    private static Dictionary<string, StreamPosition>? Positions(IReadOnlyDictionary<string, Dialect.SubscribeRequest> subs)
    {
        if (subs.Count == 0) return null;
        var positions = new Dictionary<string, StreamPosition>(StringComparer.Ordinal);
        foreach (var (channel, request) in subs)
        {
            if (request.Recover) positions[channel] = request.Since;
        }

        return positions;
    }
}
