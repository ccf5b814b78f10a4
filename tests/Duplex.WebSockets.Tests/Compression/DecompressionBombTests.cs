using Duplex.Protocol.Closing;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;

namespace Duplex.WebSockets.Tests.Compression;

/// <summary>Few bytes that inflate to very many. The limit holds while inflating, in both roles (RFC 6455 section 10.4).</summary>
public sealed class DecompressionBombTests
{
    private const int Limit = 64 * 1024;

    // 64 MiB of zeros: about 64 KiB on the wire.
    private static readonly byte[] Bomb = Deflate(new byte[64 * 1024 * 1024]);

    // nats-server before authentication; Centrifugo and undici limited the bytes on the wire only.
    [Theory]
    [InlineData(Role.Server)]
    [InlineData(Role.Client)]
    public void A_bomb_in_one_frame_is_refused_at_the_limit_CVE_2026_27571_CVE_2026_1526(Role role)
    {
        Assert.True(Bomb.Length < 80 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reader = MakeReader(role, out var inflater);
        using var _ = inflater;
        Assert.Equal(CloseCode.MessageTooBig, ReadFault(ref reader, Frame(role, Opcode.Binary, Bomb, isFinal: true, isCompressed: true)));
        Assert.InRange(inflater.Written, 1, Limit);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * Limit);
    }

    [Theory]
    [InlineData(Role.Server)]
    [InlineData(Role.Client)]
    public void A_bomb_cut_into_fragments_is_refused_at_the_limit_CVE_2026_62963(Role role)
    {
        var reader = MakeReader(role, out var inflater);
        using var _ = inflater;
        CloseCode? code = null;
        for (var i = 0; i < Bomb.Length && code is null; i += 50)
        {
            var part = Bomb.AsSpan(i, Math.Min(50, Bomb.Length - i));
            code = ReadFault(ref reader, Frame(role, i == 0 ? Opcode.Binary : Opcode.Continuation, part, isFinal: false, isCompressed: i == 0));
        }

        Assert.Equal(CloseCode.MessageTooBig, code);
        Assert.InRange(inflater.Written, 1, Limit);
    }

    // One byte a frame: each frame stays far below any limit, their sum does not.
    [Theory]
    [InlineData(Role.Server)]
    [InlineData(Role.Client)]
    public void A_slow_bomb_across_many_frames_is_refused_CVE_2026_54464(Role role)
    {
        var reader = MakeReader(role, out var inflater);
        using var _ = inflater;
        CloseCode? code = null;
        var frames = 0;
        for (; code is null; frames++)
            code = ReadFault(ref reader, Frame(role, frames == 0 ? Opcode.Binary : Opcode.Continuation, Bomb.AsSpan(frames, 1), isFinal: false, isCompressed: frames == 0));
        Assert.Equal(CloseCode.MessageTooBig, code);
        Assert.InRange(frames, 1, 100);
        Assert.InRange(inflater.Written, 1, Limit);
    }

    // Empty blocks inflate to nothing, so the limit on the message alone would let them go on for ever.
    [Theory]
    [InlineData(Role.Server)]
    [InlineData(Role.Client)]
    public void A_message_of_empty_blocks_without_end_is_refused(Role role)
    {
        var reader = MakeReader(role, out var inflater);
        using var _ = inflater;
        var empties = new byte[5 * 200];
        for (var i = 0; i < empties.Length; i += 5) empties[i + 3] = empties[i + 4] = 0xFF;
        CloseCode? code = null;
        for (var frames = 0; code is null && frames < 1000; frames++)
            code = ReadFault(ref reader, Frame(role, frames == 0 ? Opcode.Binary : Opcode.Continuation, empties, isFinal: false, isCompressed: frames == 0));
        Assert.Equal(CloseCode.MessageTooBig, code);
    }

    [Theory]
    [InlineData(Role.Server)]
    [InlineData(Role.Client)]
    public void A_message_that_does_not_inflate_is_closed_with_1007(Role role)
    {
        var reader = MakeReader(role, out var inflater);
        using var _ = inflater;
        Assert.Equal(CloseCode.InvalidPayloadData, ReadFault(ref reader, Frame(role, Opcode.Text, [0x07], isFinal: true, isCompressed: true)));
    }

    [Theory]
    [InlineData(Role.Server)]
    [InlineData(Role.Client)]
    public void Text_is_checked_after_inflating(Role role)
    {
        var reader = MakeReader(role, out var inflater);
        using var _ = inflater;
        Assert.Equal(CloseCode.InvalidPayloadData, ReadFault(ref reader, Frame(role, Opcode.Text, Deflate([0xC3, 0x28]), isFinal: true, isCompressed: true)));
    }

    private static byte[] Deflate(byte[] message)
    {
        var agreement = new DeflateAgreement(false, false, 15, 15);
        using var deflater = new MessageDeflater(Role.Server, agreement, new DeflateOptions { Level = 9, MinMessageBytes = 0 });
        Assert.True(deflater.TryCompress(message, out var compressed));
        using (compressed) return compressed.Span.ToArray();
    }

    private static EventReader MakeReader(Role role, out CountingInflater inflater)
    {
        inflater = new CountingInflater(new MessageInflater(role, new DeflateAgreement(true, true, 15, 15)));
        return new EventReader(role, new MessageLimits { MaxMessageBytes = Limit }, inflater);
    }

    // The peer's frame: masked when we are the server.
    private static byte[] Frame(Role role, Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal, bool isCompressed)
    {
        var frame = new byte[FrameWriter.MaxHeaderBytes + payload.Length];
        var length = role == Role.Server
            ? FrameWriter.WriteMaskedFrame(frame, opcode, payload, 0x01020304, isFinal, isCompressed)
            : FrameWriter.WriteFrame(frame, opcode, payload, isFinal, isCompressed);
        return frame[..length];
    }

    private static CloseCode? ReadFault(ref EventReader reader, Span<byte> bytes)
    {
        while (reader.TryRead(ref bytes, out var e))
            if (e.Kind == MessageEventKind.Fault) return e.Fault.Code;
        return null;
    }
}
