using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Json;

/// <summary>Writes results. The object of a result is written even if it is empty, because SDKs read it without a check.</summary>
internal static class JsonResultWriter
{
    public static void Write(JsonMessageWriter json, Result result)
    {
        json.BeginObject(Name(result));
        switch (result)
        {
            case ConnectResult connect: Connect(json, connect); break;
            case SubscribeResult subscribe: Subscribe(json, subscribe); break;
            case PresenceResult presence: Presence(json, presence); break;
            case PresenceStatsResult stats:
                json.AnyNumber("num_clients"u8, stats.NumClients);
                json.AnyNumber("num_users"u8, stats.NumUsers);
                break;
            case HistoryResult history: History(json, history); break;
            case RpcResult rpc: json.Payload("data"u8, rpc.Data.Span); break;
            case RefreshResult refresh:
                json.String("client"u8, refresh.Client);
                json.String("version"u8, refresh.Version);
                Expiry(json, refresh.Expires, refresh.TtlSeconds);
                break;
            case SubRefreshResult refresh:
                Expiry(json, refresh.Expires, refresh.TtlSeconds);
                Publications(json, "items"u8, refresh.Items, refresh.Delta);
                break;
        }

        json.EndObject();
    }

    public static void Connect(JsonMessageWriter json, ConnectResult connect)
    {
        json.String("client"u8, connect.Client);
        json.String("version"u8, connect.Version);
        Expiry(json, connect.Expires, connect.TtlSeconds);
        json.Payload("data"u8, connect.Data.Span);
        if (connect.Subscriptions.Count > 0)
        {
            json.BeginObject("subs"u8);
            foreach (var subscription in connect.Subscriptions)
            {
                json.BeginObject(subscription.Channel);
                Subscribe(json, subscription);
                json.EndObject();
            }

            json.EndObject();
        }

        json.Number("ping"u8, connect.PingSeconds);
        json.Bool("pong"u8, connect.Pong);
        json.String("session"u8, connect.Session);
        json.String("node"u8, connect.Node);
        json.Number("time"u8, connect.TimeMs);
    }

    private static void Subscribe(JsonMessageWriter json, SubscribeResult subscribe)
    {
        Expiry(json, subscribe.Expires, subscribe.TtlSeconds);
        json.Bool("recoverable"u8, subscribe.Recoverable);
        json.String("epoch"u8, subscribe.Position.Epoch);
        Publications(json, "publications"u8, subscribe.Publications, subscribe.Delta);
        json.Bool("recovered"u8, subscribe.Recovered);
        json.Number("offset"u8, subscribe.Position.Offset);
        json.Bool("positioned"u8, subscribe.Positioned);
        json.Payload("data"u8, subscribe.Data.Span);
        json.Bool("was_recovering"u8, subscribe.WasRecovering);
        json.Bool("delta"u8, subscribe.Delta);
        json.Number("id"u8, subscribe.Id);
        json.Number("type"u8, (long)subscribe.Type);
        json.Number("phase"u8, (long)subscribe.Phase);
        json.String("cursor"u8, subscribe.Cursor);
        Publications(json, "state"u8, subscribe.State, subscribe.Delta);
        json.Number("publish_debounce"u8, subscribe.PublishDebounceMs);
    }

    private static void Presence(JsonMessageWriter json, PresenceResult result)
    {
        json.BeginObject("presence"u8);
        foreach (var (client, info) in result.Presence)
        {
            json.BeginObject(client);
            JsonPushWriter.ClientInfo(json, info);
            json.EndObject();
        }

        json.EndObject();
    }

    private static void History(JsonMessageWriter json, HistoryResult history)
    {
        json.BeginArray("publications"u8);
        foreach (var publication in history.Publications) Element(json, publication, asText: false);
        json.EndArray();
        json.AnyString("epoch"u8, history.Position.Epoch);
        json.AnyNumber("offset"u8, history.Position.Offset);
    }

    private static void Publications(
        JsonMessageWriter json, ReadOnlySpan<byte> name, IReadOnlyList<Publication> publications, bool asText)
    {
        if (publications.Count == 0) return;
        json.BeginArray(name);
        foreach (var publication in publications) Element(json, publication, asText);
        json.EndArray();
    }

    // A publication that JSON cannot carry is omitted, as it is from pushes.
    private static void Element(JsonMessageWriter json, Publication publication, bool asText)
    {
        if (!JsonPushWriter.CanCarry(publication, asText)) return;
        json.BeginObject();
        JsonPushWriter.Publication(json, publication, asText);
        json.EndObject();
    }

    private static void Expiry(JsonMessageWriter json, bool expires, uint ttlSeconds)
    {
        json.Bool("expires"u8, expires);
        json.Number("ttl"u8, ttlSeconds);
    }

    private static ReadOnlySpan<byte> Name(Result result) => result switch
    {
        ConnectResult => "connect"u8,
        SubscribeResult => "subscribe"u8,
        UnsubscribeResult => "unsubscribe"u8,
        PublishedResult => "publish"u8,
        PresenceResult => "presence"u8,
        PresenceStatsResult => "presence_stats"u8,
        HistoryResult => "history"u8,
        RpcResult => "rpc"u8,
        RefreshResult => "refresh"u8,
        SubRefreshResult => "sub_refresh"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
