using CsCheck;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;

namespace Duplex.WebSockets.Tests.Compression;

/// <summary>RSV1 and fragmentation. RFC 7692 sections 6 and 6.1, as a client reads what a server sent.</summary>
public sealed class CompressedFramesTests
{
    private static readonly byte[] Hello = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00];

    [Fact]
    public void A_compressed_message_may_come_in_fragments_with_control_frames_between() =>
        Assert.Equal(["ping x", "Hello"], Read([0x41, 0x03, .. Hello[..3], 0x89, 0x01, (byte)'x', 0x80, 0x04, .. Hello[3..]]));

    [Fact]
    public void A_message_without_RSV1_is_not_inflated() =>
        Assert.Equal(["plain", "Hello"], Read([0x81, 0x05, .. "plain"u8, 0xC1, 0x07, .. Hello]));

    [Fact]
    public void An_uncompressed_message_leaves_the_window_as_it_is() =>
        Assert.Equal(["Hello", "plain", "Hello"], Read([0xC1, 0x07, .. Hello, 0x81, 0x05, .. "plain"u8, 0xC1, 0x05, 0xF2, 0x00, 0x11, 0x00, 0x00]));

    [Theory]
    [InlineData("4103F248CDC004C9C90700")] // RSV1 on a continuation frame
    [InlineData("0103616263C00161")] // RSV1 on a continuation frame alone
    [InlineData("C900")] // on a ping
    [InlineData("CA00")] // on a pong
    [InlineData("C800")] // on a close
    [InlineData("A100")] // RSV2, which nothing gives a meaning
    [InlineData("F107F248CDC9C90700")] // RSV1 with the others
    public void A_reserved_bit_where_it_has_no_meaning_is_refused_with_1002(string hex) =>
        Assert.Equal([$"fault {CloseCode.ProtocolError}"], Read(Convert.FromHexString(hex)));

    [Fact]
    public void RSV1_without_agreement_is_refused_with_1002() =>
        Assert.Equal([$"fault {CloseCode.ProtocolError}"], Read([0xC1, 0x07, .. Hello], isCompressed: false));

    [Fact]
    public void An_empty_compressed_message_is_empty() => Assert.Equal([""], Read([0xC1, 0x01, 0x00]));

    [Fact]
    public void No_cut_into_fragments_and_reads_changes_the_messages() =>
        Gen.Select(Gen.Byte[(byte)'a', (byte)'d'].Array[0, 400].Array[1, 4], Gen.Int[1, 60], Gen.Int[1, 40], Gen.Bool).Sample(
            (messages, fragment, read, keepsContext) =>
            {
                var agreement = new DeflateAgreement(!keepsContext, true, 15, 15);
                using var deflater = new MessageDeflater(Role.Server, agreement, new DeflateOptions { MinMessageBytes = 0 });
                var wire = new List<byte>();
                foreach (var message in messages) AddFragments(wire, deflater, message, fragment);
                Assert.Equal(messages.Select(System.Text.Encoding.ASCII.GetString), Read([.. wire], read: read, agreement: agreement));
            });

    private static void AddFragments(List<byte> wire, MessageDeflater deflater, byte[] message, int fragment)
    {
        var isCompressed = deflater.TryCompress(message, out var compressed);
        var payload = isCompressed ? compressed.Span.ToArray() : message;
        compressed.Dispose();
        var frame = new byte[FrameWriter.MaxHeaderBytes + fragment];
        var (from, isFirst) = (0, true);
        do
        {
            var part = payload.AsSpan(from, Math.Min(fragment, payload.Length - from));
            from += part.Length;
            var length = FrameWriter.WriteFrame(
                frame, isFirst ? Opcode.Text : Opcode.Continuation, part, isFinal: from == payload.Length, isCompressed: isFirst && isCompressed);
            wire.AddRange(frame[..length]);
            isFirst = false;
        }
        while (from < payload.Length);
    }

    private static List<string> Read(byte[] wire, bool isCompressed = true, int read = int.MaxValue, DeflateAgreement? agreement = null)
    {
        using var inflater = isCompressed ? new MessageInflater(Role.Client, agreement ?? new DeflateAgreement(false, false, 15, 15)) : null;
        var reader = new EventReader(Role.Client, MessageLimits.Default, inflater);
        var events = new List<string>();
        for (var from = 0; from < wire.Length;)
        {
            var chunk = wire.AsSpan(from, Math.Min(read, wire.Length - from));
            from += chunk.Length;
            while (reader.TryRead(ref chunk, out var e))
            {
                var text = System.Text.Encoding.ASCII.GetString(e.Payload);
                events.Add(e.Kind switch
                {
                    MessageEventKind.Ping => $"ping {text}",
                    MessageEventKind.Fault => $"fault {e.Fault.Code}",
                    _ => text,
                });
            }
        }

        return events;
    }
}
