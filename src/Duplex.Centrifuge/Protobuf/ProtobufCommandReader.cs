using Duplex.Centrifuge.Model;
using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Protobuf;

/// <summary>Reads commands, and the bodies of POST requests to the emulation endpoint.</summary>
internal static class ProtobufCommandReader
{
    public static Command Read(ref ProtobufFieldReader proto)
    {
        uint id = 0;
        Request? request = null;
        var precedence = int.MaxValue;
        while (proto.NextField(out var tag))
        {
            if (tag == (1 << 3 | 0))
            {
                id = proto.UInt32();
                continue;
            }

            var candidatePrecedence = Precedence(tag);
            if (candidatePrecedence < 0)
            {
                proto.Skip(tag);
                continue;
            }

            var inner = proto.Enter();
            var candidate = ReadRequest(tag >> 3, ref inner);
            proto.Leave(inner);
            if (candidatePrecedence <= precedence) (request, precedence) = (candidate, candidatePrecedence);
        }

        return new Command(id, request);
    }

    public static EmulationRequest Emulation(ref ProtobufFieldReader proto)
    {
        string node = "", session = "";
        ReadOnlyMemory<byte> data = default;
        while (proto.NextField(out var tag))
        {
            switch (tag)
            {
                case 1 << 3 | 2: node = proto.String(); break;
                case 2 << 3 | 2: session = proto.String(); break;
                case 3 << 3 | 2: data = proto.Payload(); break;
                default: proto.Skip(tag); break;
            }
        }

        return new EmulationRequest(node, session, data);
    }

    // When several requests are set, the one with the lowest precedence counts; -1 for fields that are not requests.
    private static int Precedence(int tag) => tag switch
    {
        4 << 3 | 2 => 0, // connect
        5 << 3 | 2 => 1, // subscribe
        6 << 3 | 2 => 2, // unsubscribe
        7 << 3 | 2 => 3, // publish
        8 << 3 | 2 => 4, // presence
        9 << 3 | 2 => 5, // presence_stats
        10 << 3 | 2 => 6, // history
        13 << 3 | 2 => 7, // rpc
        12 << 3 | 2 => 8, // send
        14 << 3 | 2 => 9, // refresh
        15 << 3 | 2 => 10, // sub_refresh
        _ => -1, // among them ping
    };

    private static Request ReadRequest(int number, ref ProtobufFieldReader proto) => number switch
    {
        4 => ProtobufConnectReader.Connect(ref proto),
        5 => ProtobufConnectReader.Subscribe(ref proto),
        6 => new UnsubscribeRequest { Channel = ProtobufRequestReader.Channel(ref proto) },
        7 => ProtobufRequestReader.Publish(ref proto),
        8 => new PresenceRequest { Channel = ProtobufRequestReader.Channel(ref proto) },
        9 => new PresenceStatsRequest { Channel = ProtobufRequestReader.Channel(ref proto) },
        10 => ProtobufRequestReader.History(ref proto),
        12 => ProtobufRequestReader.Send(ref proto),
        13 => ProtobufRequestReader.Rpc(ref proto),
        14 => ProtobufRequestReader.Refresh(ref proto),
        15 => ProtobufRequestReader.SubRefresh(ref proto),
        _ => throw new ArgumentOutOfRangeException(nameof(number)),
    };
}
