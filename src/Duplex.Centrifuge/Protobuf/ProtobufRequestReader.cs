using Duplex.Messaging.Channels;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Protobuf;

/// <summary>Reads the requests other than connect and subscribe. Unknown fields are skipped.</summary>
internal static class ProtobufRequestReader
{
    /// <summary>Reads a request whose only field is a channel.</summary>
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
        var request = new PublishRequest();
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: request.Channel = proto.String(); break;
                case 2 << 3 | 2: request.Data = proto.Payload(); break;
                case 3 << 3 | 0: request.Type = (SubscriptionType)proto.Int32(); break;
                case 4 << 3 | 2: request.Key = proto.String(); break;
                case 5 << 3 | 0: request.Removed = proto.Bool(); break;
                default: proto.Skip(tag); break;
            }
        }

        return request;
    }

    public static HistoryRequest History(ref ProtobufFieldReader proto)
    {
        var request = new HistoryRequest();
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: request.Channel = proto.String(); break;
                case 7 << 3 | 0: request.Limit = proto.Int32(); break;
                case 8 << 3 | 2: request.Since = Position(ref proto); break;
                case 9 << 3 | 0: request.Reverse = proto.Bool(); break;
                default: proto.Skip(tag); break;
            }
        }

        return request;
    }

    public static RpcRequest Rpc(ref ProtobufFieldReader proto)
    {
        var request = new RpcRequest();
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: request.Data = proto.Payload(); break;
                case 2 << 3 | 2: request.Method = proto.String(); break;
                default: proto.Skip(tag); break;
            }
        }

        return request;
    }

    public static SendRequest Send(ref ProtobufFieldReader proto)
    {
        var request = new SendRequest();
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: request.Data = proto.Payload(); break;
                default: proto.Skip(tag); break;
            }
        }

        return request;
    }

    public static RefreshRequest Refresh(ref ProtobufFieldReader proto)
    {
        var request = new RefreshRequest();
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: request.Token = proto.String(); break;
                default: proto.Skip(tag); break;
            }
        }

        return request;
    }

    public static SubRefreshRequest SubRefresh(ref ProtobufFieldReader proto)
    {
        var request = new SubRefreshRequest();
        List<PollBatch> track = [];
        List<string> untrack = [];
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: request.Channel = proto.String(); break;
                case 2 << 3 | 2: request.Token = proto.String(); break;
                case 3 << 3 | 0: request.Type = (SubRefreshType)proto.Int32(); break;
                case 4 << 3 | 2: track.Add(Batch(ref proto)); break;
                case 5 << 3 | 2:
                    proto.TakeEntry();
                    untrack.Add(proto.String());
                    break;
                default: proto.Skip(tag); break;
            }
        }

        (request.Track, request.Untrack) = (track, untrack);
        return request;
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

    private static PollBatch Batch(ref ProtobufFieldReader outer)
    {
        outer.TakeEntry();
        var proto = outer.Enter();
        var signature = "";
        List<PolledKey> items = [];
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
        return new PollBatch(signature, items);
    }

    private static PolledKey Item(ref ProtobufFieldReader outer)
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
        return new PolledKey(key, version);
    }
}
