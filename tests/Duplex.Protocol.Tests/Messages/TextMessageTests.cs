using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;
using static Duplex.Protocol.Tests.Messages.ReadEvent;
using static Duplex.Protocol.Tests.Messages.Wire;
using Reason = Duplex.Protocol.Messages.ProtocolFaultReason;

namespace Duplex.Protocol.Tests.Messages;

/// <summary>RFC 6455 section 8.1: text is UTF-8, judged as it arrives.</summary>
public sealed class TextMessageTests
{
    [Fact]
    public void Text_of_characters_of_every_length_is_read() => Reads("81 0A 61 C3 A9 E2 82 AC F0 9F 98 80", TextMessage("aé€😀"));

    [Fact]
    public void Character_cut_by_a_fragment_is_whole_again() => Reads("01 02 F0 9F 00 00 00 01 98 80 01 80", TextMessage("😀"));

    [Theory]
    [InlineData("81 01 80", 2)]
    [InlineData("81 02 C0 AF", 2)]
    [InlineData("81 03 E0 80 AF", 3)]
    [InlineData("81 03 ED A0 80", 3)]
    [InlineData("81 04 F4 90 80 80", 3)]
    [InlineData("81 04 61 62 FF 63", 4)]
    [InlineData("81 02 C3 28", 3)]
    public void Invalid_text_closes_1007_at_the_byte_that_cannot_be(string hex, long offset) =>
        ShouldFailConnection(hex, Reason.InvalidText, 1007, offset);

    [Fact]
    public void Text_that_ends_inside_a_character_closes_1007() => ShouldFailConnection("81 02 E2 82", Reason.InvalidText, 1007, offset: 4);

    [Fact]
    public void Text_that_ends_inside_a_character_of_an_earlier_fragment_closes_1007() =>
        ShouldFailConnection("01 02 E2 82 80 00", Reason.InvalidText, 1007, offset: 6);

    [Theory]
    [InlineData("81 7E 01 00 61 F4 90", 6)]
    [InlineData("01 01 61 00 05 FF", 5)]
    public void Invalid_text_fails_fast_inside_a_frame_that_is_not_complete(string hex, long offset) =>
        ShouldFailConnection(hex, Reason.InvalidText, 1007, offset);

    [Fact]
    public void Binary_message_may_hold_anything() => Reads("82 02 FF FE", BinaryMessage(0xFF, 0xFE));

    [Fact]
    public void Text_after_a_fault_free_binary_starts_anew() => Reads("82 02 F0 9F 81 01 61", BinaryMessage(0xF0, 0x9F), TextMessage("a"));

    [Fact]
    public void Server_checks_text_after_unmasking() =>
        Assert.Equal(CloseCode.InvalidPayloadData, Assert.Single(Read([Bytes("81 81 01 00 00 00 FE")], Role.Server)).Code);
}
