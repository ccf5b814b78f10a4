using Duplex.Centrifuge.Model.Requests;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Protobuf;

/// <summary>Reads the requests that follow a connect, subscribes aside. Unknown fields are passed over.</summary>
internal static class ProtobufRequestReader
{
    /// <summary>Reads a request that holds a channel and nothing else.</summary>
    public static string Channel(ref ProtobufFieldReader proto)
    {
        var channel = "";
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: channel = proto.String(); break;
                default: proto.Skip(tag); break;
            }
        }

        return channel;
    }

    public static PublishRequest Publish(ref ProtobufFieldReader proto)
    {
        string channel = "", key = "";
        ReadOnlyMemory<byte> data = default;
        var type = 0;
        var removed = false;
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: channel = proto.String(); break;
                case 2 << 3 | 2: data = proto.Payload(); break;
                case 3 << 3 | 0: type = proto.Int32(); break;
                case 4 << 3 | 2: key = proto.String(); break;
                case 5 << 3 | 0: removed = proto.Bool(); break;
                default: proto.Skip(tag); break;
            }
        }

        return new PublishRequest { Channel = channel, Data = data, Type = (SubscriptionType)type, Key = key, Removed = removed };
    }

    public static HistoryRequest History(ref ProtobufFieldReader proto)
    {
        var channel = "";
        var limit = 0;
        StreamPosition? since = null;
        var reverse = false;
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: channel = proto.String(); break;
                case 7 << 3 | 0: limit = proto.Int32(); break;
                case 8 << 3 | 2: since = Position(ref proto); break;
                case 9 << 3 | 0: reverse = proto.Bool(); break;
                default: proto.Skip(tag); break;
            }
        }

        return new HistoryRequest { Channel = channel, Limit = limit, Since = since, Reverse = reverse };
    }

    public static RpcRequest Rpc(ref ProtobufFieldReader proto)
    {
        var method = "";
        ReadOnlyMemory<byte> data = default;
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: data = proto.Payload(); break;
                case 2 << 3 | 2: method = proto.String(); break;
                default: proto.Skip(tag); break;
            }
        }

        return new RpcRequest { Method = method, Data = data };
    }

    public static SendRequest Send(ref ProtobufFieldReader proto)
    {
        ReadOnlyMemory<byte> data = default;
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: data = proto.Payload(); break;
                default: proto.Skip(tag); break;
            }
        }

        return new SendRequest { Data = data };
    }

    public static RefreshRequest Refresh(ref ProtobufFieldReader proto)
    {
        var token = "";
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: token = proto.String(); break;
                default: proto.Skip(tag); break;
            }
        }

        return new RefreshRequest { Token = token };
    }

    public static SubRefreshRequest SubRefresh(ref ProtobufFieldReader proto)
    {
        string channel = "", token = "";
        var type = 0;
        List<TrackBatch> track = [];
        List<string> untrack = [];
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: channel = proto.String(); break;
                case 2 << 3 | 2: token = proto.String(); break;
                case 3 << 3 | 0: type = proto.Int32(); break;
                case 4 << 3 | 2: track.Add(Batch(ref proto)); break;
                case 5 << 3 | 2:
                    proto.TakeEntry();
                    untrack.Add(proto.String());
                    break;
                default: proto.Skip(tag); break;
            }
        }

        return new SubRefreshRequest { Channel = channel, Token = token, Type = (SubRefreshType)type, Track = track, Untrack = untrack };
    }

    private static StreamPosition Position(ref ProtobufFieldReader outer)
    {
        var proto = outer.Enter();
        ulong offset = 0;
        var epoch = "";
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 0: offset = proto.Varint(); break;
                case 2 << 3 | 2: epoch = proto.String(); break;
                default: proto.Skip(tag); break;
            }
        }

        outer.Leave(proto);
        return new StreamPosition(offset, epoch);
    }

    private static TrackBatch Batch(ref ProtobufFieldReader outer)
    {
        outer.TakeEntry();
        var proto = outer.Enter();
        var signature = "";
        List<KeyedItem> items = [];
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: signature = proto.String(); break;
                case 2 << 3 | 2: items.Add(Item(ref proto)); break;
                default: proto.Skip(tag); break;
            }
        }

        outer.Leave(proto);
        return new TrackBatch(signature, items);
    }

    private static KeyedItem Item(ref ProtobufFieldReader outer)
    {
        outer.TakeEntry();
        var proto = outer.Enter();
        var key = "";
        ulong version = 0;
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: key = proto.String(); break;
                case 2 << 3 | 0: version = proto.Varint(); break;
                default: proto.Skip(tag); break;
            }
        }

        outer.Leave(proto);
        return new KeyedItem(key, version);
    }
}
