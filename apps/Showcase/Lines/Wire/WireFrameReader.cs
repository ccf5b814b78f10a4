using System.Buffers.Binary;
using System.Text;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;

namespace Showcase.Lines.Wire;

/// <summary>Reads the frames of a direction with the frame reader of the protocol.</summary>
internal static class WireFrameReader
{
    /// <summary>The maximum number of frames in one reading.</summary>
    public const int MaxFrames = 64;

    /// <summary>Reads the frames from a position on, which is the beginning of a frame.</summary>
    /// <param name="captured">The captured bytes.</param>
    /// <param name="at">The position, from the first captured byte to the last one.</param>
    /// <param name="receiver">The role of the side that receives these bytes.</param>
    /// <param name="isStart">Whether no frame precedes the position.</param>
    public static WireDirection Read(CapturedBytes captured, long at, Role receiver, bool isStart)
    {
        var bytes = captured.Bytes[(int)(at - captured.First)..];
        // The reader unmasks in place, and the page shows both.
        Span<byte> rest = bytes.ToArray();
        var reader = new FrameReader(receiver, allowsCompression: true);
        var frames = new List<WireFrame>();
        ProtocolFaultReason fault = default;
        var next = at;

        // A reading in the middle of a connection may begin between the fragments of a message.
        var isMessageOpen = !isStart && rest.Length > 0 && (rest[0] & FrameHeader.OpcodeBits) == (int)Opcode.Continuation;
        while (rest.Length > 0 && frames.Count < MaxFrames)
        {
            var start = rest;
            fault = reader.ReadHeader(ref rest, isMessageOpen);
            if (fault != ProtocolFaultReason.None || !reader.IsInFrame) break;
            var header = start[..^rest.Length];
            frames.Add(ReadFrame(ref reader, header, ref rest, next));
            if (reader.IsInFrame) break;
            next += start.Length - rest.Length;
            if (reader.Opcode < Opcode.Close) isMessageOpen = !reader.IsFinal;
        }

        reader.Release();
        return new WireDirection(at, bytes, next, IsOverwritten: false, fault == ProtocolFaultReason.None ? null : $"{fault}", frames);
    }

    private static WireFrame ReadFrame(ref FrameReader reader, ReadOnlySpan<byte> header, ref Span<byte> rest, long at)
    {
        var length = reader.Remaining;
        var payload = reader.ReadPayload(ref rest, int.MaxValue);
        var hasCode = reader.Opcode == Opcode.Close && payload.Length >= 2;
        return new WireFrame(
            at,
            header.Length,
            reader.IsFinal,
            reader.IsCompressed,
            $"{reader.Opcode}",
            (header[1] & FrameHeader.LengthBits) switch { FrameHeader.Length64 => 64, FrameHeader.Length16 => 16, _ => 7 },
            length,
            (header[1] & FrameHeader.MaskBit) != 0 ? Convert.ToHexStringLower(header[^4..]) : null,
            payload.ToArray(),
            !reader.IsInFrame,
            hasCode ? BinaryPrimitives.ReadUInt16BigEndian(payload) : null,
            hasCode ? Encoding.UTF8.GetString(payload[2..]) : null);
    }
}
