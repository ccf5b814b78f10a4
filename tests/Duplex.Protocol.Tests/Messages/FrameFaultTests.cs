using Duplex.Protocol.Messages;
using static Duplex.Protocol.Tests.Messages.Wire;
using Reason = Duplex.Protocol.Messages.ProtocolFaultReason;

namespace Duplex.Protocol.Tests.Messages;

/// <summary>RFC 6455 section 5: frames that fail the connection.</summary>
public sealed class FrameFaultTests
{
    [Theory]
    [InlineData("C1 00"), InlineData("A1 00"), InlineData("91 00"), InlineData("F1 00"), InlineData("C9 00"), InlineData("C8 00")]
    public void Reserved_bits_without_an_extension_close_1002(string hex) => ShouldFailConnection(hex, Reason.ReservedBits, 1002);

    [Theory]
    [InlineData("83 00"), InlineData("84 00"), InlineData("85 00"), InlineData("86 00"), InlineData("87 00")]
    [InlineData("8B 00"), InlineData("8C 00"), InlineData("8D 00"), InlineData("8E 00"), InlineData("8F 00")]
    public void Reserved_opcodes_close_1002(string hex) => ShouldFailConnection(hex, Reason.ReservedOpcode, 1002);

    [Theory]
    [InlineData("81 00"), InlineData("81 01 61"), InlineData("89 00"), InlineData("88 00")]
    public void Server_fails_the_connection_with_1002_when_a_frame_is_unmasked(string hex) =>
        ShouldFailConnection(hex, Reason.Unmasked, 1002, role: Role.Server);

    [Theory]
    [InlineData("81 80 00 00 00 00"), InlineData("89 80 01 02 03 04")]
    public void Client_fails_the_connection_with_1002_when_a_frame_is_masked(string hex) =>
        ShouldFailConnection(hex, Reason.Masked, 1002);

    [Theory]
    [InlineData("09 00"), InlineData("0A 00"), InlineData("08 00")]
    public void Fragmented_control_frame_closes_1002(string hex) => ShouldFailConnection(hex, Reason.FragmentedControl, 1002);

    [Theory]
    [InlineData("89 7E 00 7E"), InlineData("8A 7F 00 00 00 00 00 01 00 00"), InlineData("88 7E 00 7E")]
    public void Control_frame_of_more_than_125_bytes_closes_1002(string hex) => ShouldFailConnection(hex, Reason.ControlTooLong, 1002);

    [Theory]
    [InlineData("80 00"), InlineData("00 01 61")]
    public void Continuation_of_nothing_closes_1002(string hex) => ShouldFailConnection(hex, Reason.UnexpectedContinuation, 1002);

    [Theory]
    [InlineData("01 01 61 81 01 62"), InlineData("02 01 61 01 01 62")]
    public void Message_inside_a_message_closes_1002(string hex) => ShouldFailConnection(hex, Reason.UnfinishedMessage, 1002, offset: 3);

    [Theory]
    [InlineData("82 7E 00 7D"), InlineData("82 7E 00 00"), InlineData("82 7F 00 00 00 00 00 00 FF FF"), InlineData("82 7F 00 00 00 00 00 00 00 00")]
    public void Length_in_a_longer_form_than_needed_closes_1002(string hex) => ShouldFailConnection(hex, Reason.LengthNotMinimal, 1002);

    [Theory]
    [InlineData("82 7F 80 00 00 00 00 00 00 00"), InlineData("82 7F FF FF FF FF FF FF FF FF")]
    public void Length_with_its_top_bit_set_closes_1002(string hex) => ShouldFailConnection(hex, Reason.LengthTopBit, 1002);

    [Fact]
    public void Fault_tells_where_its_frame_begins() =>
        Assert.Equal(6, Assert.Single(Read([Bytes("89 04 61 62 63 64 83 00")]), e => e.Kind == MessageEventKind.Fault).Offset);
}
