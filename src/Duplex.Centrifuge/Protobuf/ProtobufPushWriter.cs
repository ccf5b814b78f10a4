using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Model.Pushes;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Protobuf;

/// <summary>Writes publications and other pushes, backwards.</summary>
internal static class ProtobufPushWriter
{
    public static void Target(ProtobufMessageWriter proto, PushTarget target)
    {
        proto.String(2, target.Channel);
        proto.Number(1, target.Id);
    }

    public static void Write(ProtobufMessageWriter proto, Push push)
    {
        var before = proto.Length;
        switch (push)
        {
            case JoinPush join:
                ClientInfo(proto, 1, join.Info);
                proto.Nested(5, before);
                break;
            case LeavePush leave:
                ClientInfo(proto, 1, leave.Info);
                proto.Nested(6, before);
                break;
            case UnsubscribePush unsubscribe:
                proto.String(3, unsubscribe.Reason);
                proto.Number(2, (ulong)unsubscribe.Code);
                proto.Nested(7, before);
                break;
            case MessagePush message:
                proto.Bytes(1, message.Data.Span);
                proto.Nested(8, before);
                break;
            case SubscribePush { Subscription: var subscribe }:
                proto.Bytes(7, subscribe.Data.Span);
                proto.Bool(6, subscribe.Positioned);
                proto.Number(5, subscribe.Position.Offset);
                proto.String(4, subscribe.Position.Epoch);
                proto.Bool(1, subscribe.Recoverable);
                proto.Nested(9, before);
                break;
            case ConnectPush connect:
                Connect(proto, connect.Result);
                proto.Nested(10, before);
                break;
            case DisconnectPush disconnect:
                proto.Bool(3, disconnect.IsReconnectAdvised);
                proto.String(2, disconnect.Disconnect.Reason);
                proto.Number(1, (ulong)disconnect.Disconnect.Code);
                proto.Nested(11, before);
                break;
            case RefreshPush refresh:
                proto.Number(2, (ulong)refresh.TtlSeconds);
                proto.Bool(1, refresh.Expires);
                proto.Nested(12, before);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(push));
        }
    }

    public static void Publication(ProtobufMessageWriter proto, int number, Publication publication)
    {
        var before = proto.Length;
        proto.Number(16, publication.Version);
        proto.String(14, publication.Epoch);
        proto.ZigZag(13, publication.Score);
        proto.Bool(12, publication.IsRemoval);
        proto.String(11, publication.Key);
        proto.String(10, publication.Channel);
        proto.Number(9, publication.Time);
        proto.Bool(8, publication.IsDelta);
        if (publication.Tags is { Count: > 0 } tags)
        {
            foreach (var (key, value) in tags)
            {
                var entry = proto.Length;
                proto.AnyString(2, value);
                proto.AnyString(1, key);
                proto.Nested(7, entry);
            }
        }

        proto.Number(6, publication.Offset);
        if (publication.Info is { } info) ClientInfo(proto, 5, info);
        proto.Bytes(4, publication.Data.Span);
        proto.Nested(number, before);
    }

    public static void ClientInfo(ProtobufMessageWriter proto, int number, ClientInfo info)
    {
        var before = proto.Length;
        proto.Bytes(4, info.ChannelInfo.Span);
        proto.Bytes(3, info.ConnectionInfo.Span);
        proto.String(2, info.Client);
        proto.String(1, info.User);
        proto.Nested(number, before);
    }

    // From data to ttl, the field numbers differ from those of a connect result in a reply.
    private static void Connect(ProtobufMessageWriter proto, ConnectResult connect)
    {
        proto.Number(11, connect.TimeMs);
        proto.String(10, connect.Node);
        proto.String(9, connect.Session);
        proto.Bool(8, connect.Pong);
        proto.Number(7, (ulong)connect.PingSeconds);
        proto.Number(6, (ulong)connect.TtlSeconds);
        proto.Bool(5, connect.Expires);
        ProtobufResultWriter.Subscriptions(proto, 4, connect.Subscriptions);
        proto.Bytes(3, connect.Data.Span);
        proto.String(2, connect.Version);
        proto.String(1, connect.Client);
    }
}
