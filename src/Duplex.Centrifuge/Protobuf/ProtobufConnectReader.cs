using Duplex.Centrifuge.Codecs;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Filtering;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Protobuf;

/// <summary>Reads connect and subscribe requests. Unknown fields are skipped.</summary>
internal static class ProtobufConnectReader
{
    public static ConnectRequest Connect(ref ProtobufFieldReader proto)
    {
        var request = new ConnectRequest();
        Dictionary<string, SubscribeRequest>? subs = null;
        Dictionary<string, string>? headers = null;
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: request.Token = proto.String(); break;
                case 2 << 3 | 2: request.Data = proto.Payload(); break;
                case 3 << 3 | 2: Sub(ref proto, subs ??= new(StringComparer.Ordinal)); break;
                case 4 << 3 | 2: request.Name = proto.String(); break;
                case 5 << 3 | 2: request.Version = proto.String(); break;
                case 6 << 3 | 2: Header(ref proto, headers ??= new(StringComparer.OrdinalIgnoreCase)); break;
                case 7 << 3 | 0: request.Flag = proto.Int64(); break;
                default: proto.Skip(tag); break;
            }
        }

        if (subs is not null) request.Subs = subs;
        if (headers is not null) request.Headers = headers;
        return request;
    }

    public static SubscribeRequest Subscribe(ref ProtobufFieldReader proto)
    {
        var request = new SubscribeRequest();
        var epoch = "";
        ulong offset = 0;
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: request.Channel = proto.String(); break;
                case 2 << 3 | 2: request.Token = proto.String(); break;
                case 3 << 3 | 0: request.Recover = proto.Bool(); break;
                case 6 << 3 | 2: epoch = proto.String(); break;
                case 7 << 3 | 0: offset = proto.Varint(); break;
                case 8 << 3 | 2: request.Data = proto.Payload(); break;
                case 9 << 3 | 0: request.Positioned = proto.Bool(); break;
                case 10 << 3 | 0: request.Recoverable = proto.Bool(); break;
                case 11 << 3 | 0: request.JoinLeave = proto.Bool(); break;
                case 12 << 3 | 2: request.Delta = proto.String() == Deltas.Fossil; break;
                case 13 << 3 | 2: request.TagsFilter = Filter(ref proto); break;
                case 14 << 3 | 0: request.Flag = (SubscribeFlags)proto.Int64(); break;
                case 15 << 3 | 0: request.Type = (SubscriptionType)proto.Int32(); break;
                case 16 << 3 | 0: request.Phase = (SubscriptionPhase)proto.Int32(); break;
                case 17 << 3 | 2: request.Cursor = proto.String(); break;
                case 18 << 3 | 0: request.Limit = proto.Int32(); break;
                case 19 << 3 | 0: request.Ascending = proto.Bool(); break;
                default: proto.Skip(tag); break;
            }
        }

        request.Since = new StreamPosition(offset, epoch);
        return request;
    }

    // An entry of a map is a nested message: the key is field 1, the value field 2.
    private static void Sub(ref ProtobufFieldReader map, Dictionary<string, SubscribeRequest> subs)
    {
        map.TakeEntry();
        var proto = map.Enter();
        var channel = "";
        var request = new SubscribeRequest();
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: channel = proto.String(); break;
                case 2 << 3 | 2:
                    var inner = proto.Enter();
                    request = Subscribe(ref inner);
                    proto.Leave(inner);
                    break;
                default: proto.Skip(tag); break;
            }
        }

        map.Leave(proto);
        subs[channel] = request;
    }

    private static void Header(ref ProtobufFieldReader map, Dictionary<string, string> headers)
    {
        map.TakeEntry();
        var proto = map.Enter();
        string name = "", value = "";
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: name = proto.String(); break;
                case 2 << 3 | 2: value = proto.String(); break;
                default: proto.Skip(tag); break;
            }
        }

        map.Leave(proto);
        headers[name] = value;
    }

    // ProtobufFieldReader limits the depth of nesting, and with it the recursion.
    private static FilterNode Filter(ref ProtobufFieldReader outer)
    {
        outer.TakeEntry();
        var proto = outer.Enter();
        string op = "", key = "", cmp = "", val = "";
        List<string> vals = [];
        List<FilterNode> nodes = [];
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: op = proto.String(); break;
                case 2 << 3 | 2: key = proto.String(); break;
                case 3 << 3 | 2: cmp = proto.String(); break;
                case 4 << 3 | 2: val = proto.String(); break;
                case 5 << 3 | 2:
                    proto.TakeEntry();
                    vals.Add(proto.String());
                    break;
                case 6 << 3 | 2: nodes.Add(Filter(ref proto)); break;
                default: proto.Skip(tag); break;
            }
        }

        outer.Leave(proto);
        return new FilterNode { Op = op, Key = key, Cmp = cmp, Val = val, Vals = vals, Nodes = nodes };
    }
}
