using Duplex.Protocol.Closing;
using Duplex.Protocol.Framing;
using static Duplex.Protocol.Tests.Messages.ReadEvent;
using static Duplex.Protocol.Tests.Messages.Wire;
using Reason = Duplex.Protocol.Messages.ProtocolFaultReason;

namespace Duplex.Protocol.Tests.Closing;

/// <summary>RFC 6455 sections 5.5.1 and 7.4.</summary>
public sealed class CloseFrameTests
{
    [Fact]
    public void Close_without_a_code_reads_as_1005() => Reads("88 00", Close(CloseCode.NoStatusReceived));

    [Fact]
    public void Close_with_code_and_reason_is_read() => Reads("88 05 03 E9 62 79 65", Close(CloseCode.GoingAway, "bye"));

    [Fact]
    public void Close_with_the_longest_reason_is_read() =>
        Reads("88 7D 03 E8" + Repeat("61", 123), Close(CloseCode.NormalClosure, new string('a', 123)));

    [Fact]
    public void Close_with_one_byte_closes_1002() => ShouldFailConnection("88 01 03", Reason.TruncatedCloseCode, 1002, offset: 2);

    [Fact]
    public void Close_with_a_reason_that_is_not_utf8_closes_1007() =>
        ShouldFailConnection("88 03 03 E8 FF", Reason.InvalidCloseReason, 1007, offset: 4);

    [Theory]
    [InlineData(1000), InlineData(1001), InlineData(1002), InlineData(1003), InlineData(1007), InlineData(1008), InlineData(1009)]
    [InlineData(1010), InlineData(1011), InlineData(1012), InlineData(1013), InlineData(1014), InlineData(3000), InlineData(3999)]
    [InlineData(4000), InlineData(4999)]
    public void Legal_codes_are_read(int code) => Reads("88 02" + Hex(code, 4), Close((CloseCode)code));

    [Theory]
    [InlineData(0), InlineData(999), InlineData(1004), InlineData(1005), InlineData(1006), InlineData(1015), InlineData(1016)]
    [InlineData(1100), InlineData(2000), InlineData(2999), InlineData(5000), InlineData(65535)]
    public void Illegal_codes_close_1002(int code) => ShouldFailConnection("88 02" + Hex(code, 4), Reason.InvalidCloseCode, 1002, offset: 2);

    [Fact]
    public void Written_close_carries_code_and_reason()
    {
        Span<byte> wire = stackalloc byte[127];
        var length = FrameWriter.WriteClose(wire, CloseCode.GoingAway, "bye");
        Assert.Equal(Bytes("88 05 03 E9 62 79 65"), wire[..length]);
    }

    [Fact]
    public void Written_close_without_a_code_is_empty()
    {
        Span<byte> wire = stackalloc byte[127];
        Assert.Equal(2, FrameWriter.WriteClose(wire, CloseCode.NoStatusReceived));
    }

    [Fact]
    public void Written_reason_is_cut_at_a_character()
    {
        Span<byte> wire = stackalloc byte[127];
        var length = FrameWriter.WriteClose(wire, CloseCode.NormalClosure, new string('a', 122) + "é");
        Assert.Equal(2 + 2 + 122, length);
    }

    [Theory]
    [InlineData("", ""), InlineData("bye", "bye")]
    public void Reason_that_fits_is_not_cut(string reason, string expected) => Assert.Equal(expected, ClosePayload.CutReason(reason));

    [Fact]
    public void Reason_is_cut_as_it_is_written()
    {
        foreach (var reason in (string[])[new string('a', 124), string.Concat(Enumerable.Repeat("é", 62)), string.Concat(Enumerable.Repeat("😀", 31)), new string('a', 122) + "\ud83d"])
        {
            var wire = new byte[127];
            var length = FrameWriter.WriteClose(wire, CloseCode.NormalClosure, reason);
            Assert.Equal(wire[4..length], System.Text.Encoding.UTF8.GetBytes(ClosePayload.CutReason(reason)));
        }
    }

    [Theory]
    [InlineData(CloseCode.AbnormalClosure), InlineData((CloseCode)1015), InlineData((CloseCode)999)]
    public void Codes_that_must_not_be_sent_are_an_argument_error(CloseCode code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameWriter.WriteClose(new byte[127], code));

    [Fact]
    public void Masked_close_reads_back() =>
        Reads(MaskedClose(), [Close(CloseCode.NormalClosure, "done")], Duplex.Protocol.Messages.Role.Server);

    private static byte[] MaskedClose()
    {
        var wire = new byte[131];
        return wire[..FrameWriter.WriteMaskedClose(wire, CloseCode.NormalClosure, "done", 0x3d21fa37)];
    }
}
