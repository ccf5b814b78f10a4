using System.Buffers;
using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Model;
using Duplex.Centrifuge.Model.Pushes;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Protobuf;

/// <summary>The Protobuf encoding of the dialect: a varint with its length precedes each message. The schema is docs/protocol/client.proto.</summary>
/// <param name="envelope">The message that encloses a push.</param>
/// <param name="limits">The limits on commands; null for the defaults.</param>
internal sealed class ProtobufCodec(PushEnvelope envelope = PushEnvelope.Reply, CodecLimits? limits = null) : IProtocolCodec
{
    private const int ErrorField = 2;
    private const int PushField = 4;
    private const int PublicationField = 4;

    private readonly CodecLimits _limits = limits ?? CodecLimits.Default;

    /// <inheritdoc/>
    public bool IsText => false;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Ping => [0];

    /// <inheritdoc/>
    public CommandStatus ReadCommand(ref ReadOnlySpan<byte> frame, out Command command, out CommandFault fault)
    {
        command = default;
        fault = default;
        if (frame.IsEmpty) return CommandStatus.End;
        if (!TryTakeMessage(ref frame, out var message))
        {
            fault = new CommandFault("length does not fit the frame", 0);
            return CommandStatus.Fault;
        }

        var proto = new ProtobufFieldReader(message, _limits);
        var read = ProtobufCommandReader.Read(ref proto);
        if (proto.Fault is { } met)
        {
            fault = met;
            return CommandStatus.Fault;
        }

        command = read;
        return CommandStatus.Command;
    }

    /// <inheritdoc/>
    public bool TryReadConnect(ReadOnlySpan<byte> message, out ConnectRequest request, out CommandFault fault)
    {
        var proto = new ProtobufFieldReader(message, _limits);
        request = ProtobufConnectReader.Connect(ref proto);
        fault = proto.Fault ?? default;
        return proto.Fault is null;
    }

    /// <inheritdoc/>
    public bool TryReadEmulation(ReadOnlySpan<byte> body, out EmulationRequest request, out CommandFault fault)
    {
        var proto = new ProtobufFieldReader(body, _limits);
        request = ProtobufCommandReader.Emulation(ref proto);
        fault = proto.Fault ?? default;
        return proto.Fault is null;
    }

    /// <inheritdoc/>
    public bool WriteResult(IBufferWriter<byte> output, uint id, Result result)
    {
        var proto = ProtobufMessageWriter.Begin();
        ProtobufResultWriter.Write(proto, result);
        proto.Number(1, (ulong)id);
        proto.End(output);
        return true;
    }

    /// <inheritdoc/>
    public void WriteError(IBufferWriter<byte> output, uint id, ClientError error)
    {
        var proto = ProtobufMessageWriter.Begin();
        proto.Bool(3, error.IsTemporary);
        proto.String(2, error.Message);
        proto.Number(1, (ulong)error.Code);
        proto.Nested(ErrorField, lengthBefore: 0);
        proto.Number(1, (ulong)id);
        proto.End(output);
    }

    /// <inheritdoc/>
    public bool WritePublication(IBufferWriter<byte> output, PushTarget target, Publication publication, bool deltaNegotiated)
    {
        var proto = ProtobufMessageWriter.Begin();
        ProtobufPushWriter.Publication(proto, PublicationField, publication);
        EndPush(proto, target, output);
        return true;
    }

    /// <inheritdoc/>
    public bool WritePush(IBufferWriter<byte> output, PushTarget target, Push push)
    {
        var proto = ProtobufMessageWriter.Begin();
        ProtobufPushWriter.Write(proto, push);
        EndPush(proto, target, output);
        return true;
    }

    private void EndPush(ProtobufMessageWriter proto, PushTarget target, IBufferWriter<byte> output)
    {
        ProtobufPushWriter.Target(proto, target);
        if (envelope == PushEnvelope.Reply) proto.Nested(PushField, lengthBefore: 0);
        proto.End(output);
    }

    private static bool TryTakeMessage(ref ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> message)
    {
        message = default;
        ulong length = 0;
        for (var i = 0; i < Math.Min(frame.Length, 5); i++)
        {
            length |= (ulong)(frame[i] & 0x7F) << (7 * i);
            if (frame[i] >= 0x80) continue;
            var rest = frame[(i + 1)..];
            if (length > (ulong)rest.Length) return false;
            message = rest[..(int)length];
            frame = rest[(int)length..];
            return true;
        }

        return false;
    }
}
