using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Protobuf;

/// <summary>Writes results, backwards. The message of a result is written even if it is empty, because SDKs read it without a check.</summary>
internal static class ProtobufResultWriter
{
    public static void Write(ProtobufMessageWriter proto, Result result)
    {
        var before = proto.Length;
        switch (result)
        {
            case ConnectResult connect: Connect(proto, connect); break;
            case SubscribeResult subscribe: Subscribe(proto, subscribe); break;
            case PresenceResult presence: Presence(proto, presence); break;
            case PresenceStatsResult stats:
                proto.Number(2, (ulong)stats.NumUsers);
                proto.Number(1, (ulong)stats.NumClients);
                break;
            case HistoryResult history:
                proto.Number(3, history.Position.Offset);
                proto.String(2, history.Position.Epoch);
                Publications(proto, 1, history.Publications);
                break;
            case RpcResult rpc: proto.Bytes(1, rpc.Data.Span); break;
            case RefreshResult refresh:
                proto.Number(4, (ulong)refresh.TtlSeconds);
                proto.Bool(3, refresh.Expires);
                proto.String(2, refresh.Version);
                proto.String(1, refresh.Client);
                break;
            case SubRefreshResult refresh:
                Publications(proto, 3, refresh.Items);
                proto.Number(2, (ulong)refresh.TtlSeconds);
                proto.Bool(1, refresh.Expires);
                break;
        }

        proto.Nested(FieldNumber(result), before);
    }

    public static void Subscriptions(ProtobufMessageWriter proto, int number, IReadOnlyList<SubscribeResult> subscriptions)
    {
        foreach (var subscription in subscriptions)
        {
            var entry = proto.Length;
            Subscribe(proto, subscription);
            proto.Nested(2, entry);
            proto.AnyString(1, subscription.Channel);
            proto.Nested(number, entry);
        }
    }

    private static void Connect(ProtobufMessageWriter proto, ConnectResult connect)
    {
        proto.Number(11, connect.TimeMs);
        proto.String(10, connect.Node);
        proto.String(9, connect.Session);
        proto.Bool(8, connect.Pong);
        proto.Number(7, (ulong)connect.PingSeconds);
        Subscriptions(proto, 6, connect.Subscriptions);
        proto.Bytes(5, connect.Data.Span);
        proto.Number(4, (ulong)connect.TtlSeconds);
        proto.Bool(3, connect.Expires);
        proto.String(2, connect.Version);
        proto.String(1, connect.Client);
    }

    private static void Subscribe(ProtobufMessageWriter proto, SubscribeResult subscribe)
    {
        proto.Number(19, (ulong)subscribe.PublishDebounceMs);
        Publications(proto, 18, subscribe.State);
        proto.String(17, subscribe.Cursor);
        proto.Number(16, (long)subscribe.Phase);
        proto.Number(15, (long)subscribe.Type);
        proto.Number(14, subscribe.Id);
        proto.Bool(13, subscribe.Delta);
        proto.Bool(12, subscribe.WasRecovering);
        proto.Bytes(11, subscribe.Data.Span);
        proto.Bool(10, subscribe.Positioned);
        proto.Number(9, subscribe.Position.Offset);
        proto.Bool(8, subscribe.Recovered);
        Publications(proto, 7, subscribe.Publications);
        proto.String(6, subscribe.Position.Epoch);
        proto.Bool(3, subscribe.Recoverable);
        proto.Number(2, (ulong)subscribe.TtlSeconds);
        proto.Bool(1, subscribe.Expires);
    }

    private static void Presence(ProtobufMessageWriter proto, PresenceResult result)
    {
        foreach (var (client, info) in result.Presence)
        {
            var entry = proto.Length;
            ProtobufPushWriter.ClientInfo(proto, 2, info);
            proto.AnyString(1, client);
            proto.Nested(1, entry);
        }
    }

    private static void Publications(ProtobufMessageWriter proto, int number, IReadOnlyList<Publication> publications)
    {
        for (var i = publications.Count - 1; i >= 0; i--) ProtobufPushWriter.Publication(proto, number, publications[i]);
    }

    // The field numbers of a reply differ from those of a command.
    private static int FieldNumber(Result result) => result switch
    {
        ConnectResult => 5,
        SubscribeResult => 6,
        UnsubscribeResult => 7,
        PublishedResult => 8,
        PresenceResult => 9,
        PresenceStatsResult => 10,
        HistoryResult => 11,
        RpcResult => 13,
        RefreshResult => 14,
        SubRefreshResult => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
