using Duplex.Protocol.Framing;
using Duplex.Protocol.Masking;
using static Duplex.Protocol.Tests.Messages.Wire;

namespace Duplex.Protocol.Tests.Framing;

/// <summary>RFC 6455 section 5.2 and the examples of 5.7, written.</summary>
public sealed class FrameWriterTests
{
    [Fact]
    public void Server_writes_the_text_message_of_section_5_7()
    {
        var wire = new byte[7];
        Assert.Equal(7, FrameWriter.WriteFrame(wire, Opcode.Text, "Hello"u8));
        Assert.Equal(Bytes("81 05 48 65 6c 6c 6f"), wire);
    }

    [Fact]
    public void Client_writes_the_masked_text_message_of_section_5_7()
    {
        var wire = new byte[11];
        Assert.Equal(11, FrameWriter.WriteMaskedFrame(wire, Opcode.Text, "Hello"u8, Mask.ReadKey([0x37, 0xfa, 0x21, 0x3d])));
        Assert.Equal(Bytes("81 85 37 fa 21 3d 7f 9f 4d 51 58"), wire);
    }

    [Fact]
    public void Fragments_of_section_5_7_are_written()
    {
        var wire = new byte[9];
        var length = FrameWriter.WriteFrame(wire, Opcode.Text, "Hel"u8, isFinal: false);
        FrameWriter.WriteFrame(wire.AsSpan(length), Opcode.Continuation, "lo"u8);
        Assert.Equal(Bytes("01 03 48 65 6c 80 02 6c 6f"), wire);
    }

    [Theory]
    [InlineData(0, "82 00")]
    [InlineData(125, "82 7d")]
    [InlineData(126, "82 7e 00 7e")]
    [InlineData(65535, "82 7e ff ff")]
    [InlineData(65536, "82 7f 00 00 00 00 00 01 00 00")]
    [InlineData(0x1_0000_0000, "82 7f 00 00 00 01 00 00 00 00")]
    public void Length_takes_its_shortest_form(long length, string header)
    {
        var wire = new byte[FrameWriter.MaxHeaderBytes];
        var written = FrameWriter.WriteHeader(wire, Opcode.Binary, length);
        Assert.Equal(Bytes(header), wire[..written]);
        Assert.Equal(written, FrameWriter.HeaderLength(length));
        Assert.Equal(written + 4, FrameWriter.HeaderLength(length, isMasked: true));
    }

    [Fact]
    public void Compressed_frame_sets_the_first_reserved_bit()
    {
        var wire = new byte[2];
        FrameWriter.WriteHeader(wire, Opcode.Text, 0, isCompressed: true);
        Assert.Equal(0xC1, wire[0]);
    }
}
