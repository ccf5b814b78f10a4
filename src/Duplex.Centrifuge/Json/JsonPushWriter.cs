using System.Text.Unicode;
using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Model.Pushes;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Json;

/// <summary>Writes publications and other pushes.</summary>
internal static class JsonPushWriter
{
    public static void Target(JsonMessageWriter json, PushTarget target)
    {
        json.Number("id"u8, target.Id);
        json.String("channel"u8, target.Channel);
    }

    public static void Write(JsonMessageWriter json, Push push)
    {
        switch (push)
        {
            case JoinPush join:
                json.BeginObject("join"u8);
                Info(json, join.Info);
                break;
            case LeavePush leave:
                json.BeginObject("leave"u8);
                Info(json, leave.Info);
                break;
            case UnsubscribePush unsubscribe:
                json.BeginObject("unsubscribe"u8);
                json.Number("code"u8, unsubscribe.Code);
                json.String("reason"u8, unsubscribe.Reason);
                break;
            case MessagePush message:
                json.BeginObject("message"u8);
                json.Payload("data"u8, message.Data.Span);
                break;
            case SubscribePush { Subscription: var subscribe }:
                json.BeginObject("subscribe"u8);
                json.Bool("recoverable"u8, subscribe.Recoverable);
                json.String("epoch"u8, subscribe.Position.Epoch);
                json.Number("offset"u8, subscribe.Position.Offset);
                json.Bool("positioned"u8, subscribe.Positioned);
                json.Payload("data"u8, subscribe.Data.Span);
                break;
            case ConnectPush connect:
                json.BeginObject("connect"u8);
                JsonResultWriter.Connect(json, connect.Result);
                break;
            case DisconnectPush disconnect:
                json.BeginObject("disconnect"u8);
                json.Number("code"u8, disconnect.Disconnect.Code);
                json.String("reason"u8, disconnect.Disconnect.Reason);
                json.Bool("reconnect"u8, disconnect.IsReconnectAdvised);
                break;
            case RefreshPush refresh:
                json.BeginObject("refresh"u8);
                json.Bool("expires"u8, refresh.Expires);
                json.Number("ttl"u8, refresh.TtlSeconds);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(push));
        }

        json.EndObject();
    }

    /// <summary>Whether JSON can carry the publication.</summary>
    public static bool CanCarry(Publication publication, bool asText)
    {
        var data = publication.Data.Span;
        return publication.IsJson || data.IsEmpty || (asText ? Utf8.IsValid(data) : JsonData.IsJson(data));
    }

    public static void Publication(JsonMessageWriter json, Publication publication, bool asText)
    {
        if (asText) json.TextPayload("data"u8, publication.Data.Span);
        else json.Payload("data"u8, publication.Data.Span, publication.IsJson);
        if (publication.Info is { } info) Info(json, info);
        json.Number("offset"u8, publication.Offset);
        if (publication.Tags is { Count: > 0 } tags)
        {
            json.BeginObject("tags"u8);
            foreach (var (key, value) in tags) json.Entry(key, value);
            json.EndObject();
        }

        json.Bool("delta"u8, publication.IsDelta);
        json.Number("time"u8, publication.Time);
        json.String("channel"u8, publication.Channel);
        json.String("key"u8, publication.Key);
        json.Bool("removed"u8, publication.IsRemoval);
        json.Number("score"u8, publication.Score);
        json.String("epoch"u8, publication.Epoch);
        json.Number("version"u8, publication.Version);
    }

    public static void ClientInfo(JsonMessageWriter json, ClientInfo info)
    {
        json.AnyString("user"u8, info.User);
        json.AnyString("client"u8, info.Client);
        json.PayloadIfJson("conn_info"u8, info.ConnectionInfo.Span);
        json.PayloadIfJson("chan_info"u8, info.ChannelInfo.Span);
    }

    private static void Info(JsonMessageWriter json, ClientInfo info)
    {
        json.BeginObject("info"u8);
        ClientInfo(json, info);
        json.EndObject();
    }
}
