using System.Text;
using Duplex.Protocol.Messages;
using Showcase.Lines;
using Showcase.Lines.Wire;

namespace Showcase.Tests.Lines.Wire;

/// <summary>The examples of RFC 6455 section 5.7, and bytes that are no frames.</summary>
public sealed class WireFrameReaderTests
{
    [Fact]
    public void A_single_frame_unmasked_text_message()
    {
        var frame = Assert.Single(Read("81 05 48 65 6c 6c 6f", Role.Client).Frames);
        Assert.Equal((0, 2, true, false, "Text", 7), (frame.At, frame.HeaderLength, frame.IsFinal, frame.IsCompressed, frame.Opcode, frame.LengthBits));
        Assert.Equal((5, null, true, "Hello"), (frame.PayloadLength, frame.MaskingKey, frame.IsWhole, Encoding.UTF8.GetString(frame.Payload)));
    }

    [Fact]
    public void A_single_frame_masked_text_message_is_unmasked_and_its_bytes_stay_as_they_passed()
    {
        const string bytes = "81 85 37 fa 21 3d 7f 9f 4d 51 58";
        var direction = Read(bytes, Role.Server);
        var frame = Assert.Single(direction.Frames);
        Assert.Equal((6, "37fa213d", "Hello"), (frame.HeaderLength, frame.MaskingKey, Encoding.UTF8.GetString(frame.Payload)));
        Assert.Equal(BytesOf(bytes), direction.Bytes);
        Assert.Equal(11, direction.Next);
    }

    [Fact]
    public void A_fragmented_message_has_a_continuation_frame()
    {
        var frames = Read("01 03 48 65 6c 80 02 6c 6f", Role.Client).Frames;
        Assert.Equal([(0, false, "Text"), (5, true, "Continuation")], frames.Select(static frame => (frame.At, frame.IsFinal, frame.Opcode)));
    }

    [Fact]
    public void A_ping_and_its_masked_pong()
    {
        Assert.Equal("Ping", Assert.Single(Read("89 05 48 65 6c 6c 6f", Role.Client).Frames).Opcode);
        var pong = Assert.Single(Read("8a 85 37 fa 21 3d 7f 9f 4d 51 58", Role.Server).Frames);
        Assert.Equal(("Pong", "Hello"), (pong.Opcode, Encoding.UTF8.GetString(pong.Payload)));
    }

    [Theory]
    [InlineData("82 7e 01 00", 256, 16, 4)]
    [InlineData("82 7f 00 00 00 00 00 01 00 00", 65_536, 64, 10)]
    public void A_length_of_16_or_of_64_bits_is_read_though_the_payload_is_incomplete(string header, long length, int bits, int headerLength)
    {
        var direction = Read($"{header} aa bb", Role.Client);
        var frame = Assert.Single(direction.Frames);
        Assert.Equal((length, bits, headerLength, false), (frame.PayloadLength, frame.LengthBits, frame.HeaderLength, frame.IsWhole));
        Assert.Equal([0xaa, 0xbb], frame.Payload);
        Assert.Equal(0, direction.Next);
    }

    // RFC 7692 section 7.2.3.1.
    [Fact]
    public void A_compressed_message_is_marked()
    {
        var frame = Assert.Single(Read("c1 07 f2 48 cd c9 c9 07 00", Role.Client).Frames);
        Assert.True(frame.IsCompressed);
        Assert.Equal([0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], frame.Payload);
    }

    [Fact]
    public void A_close_frame_has_a_code_and_a_reason()
    {
        var frame = Assert.Single(Read("88 05 03 e8 62 79 65", Role.Client).Frames);
        Assert.Equal((1000, "bye"), (frame.CloseCode, frame.CloseReason));
        Assert.Null(Assert.Single(Read("88 00", Role.Client).Frames).CloseCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("81")]
    [InlineData("81 85 37 fa 21")]
    public void An_incomplete_header_is_no_frame(string bytes)
    {
        var direction = Read(bytes, Role.Server);
        Assert.Equal((0, 0, null), (direction.Frames.Count, direction.Next, direction.Fault));
    }

    [Theory]
    [InlineData("81 05 48 65 6c 6c 6f", nameof(ProtocolFaultReason.Unmasked))]
    [InlineData("83 85 37 fa 21 3d 7f 9f 4d 51 58", nameof(ProtocolFaultReason.ReservedOpcode))]
    [InlineData("80 80 37 fa 21 3d", nameof(ProtocolFaultReason.UnexpectedContinuation))]
    public void A_frame_that_breaks_a_rule_ends_the_reading_with_its_name(string bytes, string fault)
    {
        var direction = Read($"82 80 00 00 00 00 {bytes}", Role.Server);
        Assert.Single(direction.Frames);
        Assert.Equal((fault, 6), (direction.Fault, direction.Next));
    }

    [Fact]
    public void A_reading_may_begin_between_two_fragments_and_positions_count_from_the_connection()
    {
        var direction = WireFrameReader.Read(new CapturedBytes(1000, BytesOf("ff 80 02 6c 6f")), 1001, Role.Client, isStart: false);
        Assert.Equal((1001, 1005), (Assert.Single(direction.Frames).At, direction.Next));
    }

    [Fact]
    public void A_reading_has_at_most_64_frames_and_the_next_one_continues()
    {
        var captured = new CapturedBytes(0, [.. Enumerable.Repeat(BytesOf("89 00"), 100).SelectMany(static bytes => bytes)]);
        var first = WireFrameReader.Read(captured, 0, Role.Client, isStart: true);
        Assert.Equal((64, 128), (first.Frames.Count, first.Next));
        Assert.Equal(36, WireFrameReader.Read(captured, first.Next, Role.Client, isStart: false).Frames.Count);
    }

    private static byte[] BytesOf(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static WireDirection Read(string hex, Role receiver) => WireFrameReader.Read(new CapturedBytes(0, BytesOf(hex)), 0, receiver, isStart: true);
}
