using Duplex.Protocol.Closing;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;

namespace Duplex.Protocol.Tests.Closing;

/// <summary>RFC 6455 sections 5.5.1 and 7: the closing handshake on literal bytes, without a transport.</summary>
public sealed class ClosingHandshakeTests
{
    private const string Close1000 = "88 82 00 00 00 00 03 E8";

    [Fact]
    public void Section_5_5_1_Close_frame_is_answered_with_its_code() =>
        Endpoint.Server("88 85 00 00 00 00 0F A0 62 79 65", ["Close 4000 bye"], "88 02 0F A0", ConnectionState.Closed);

    [Fact]
    public void Section_5_5_1_Close_frame_without_a_code_is_answered_without_one() =>
        Endpoint.Server("88 80 00 00 00 00", ["Close 1005"], "88 00", ConnectionState.Closed);

    [Fact]
    public void Section_5_5_1_Close_frame_after_ours_is_not_answered_again() => Endpoint.Server(
        Close1000, ["Close 1000"], "88 02 03 E9", ConnectionState.Closed, first: endpoint => endpoint.Protocol.Close(CloseCode.GoingAway));

    [Fact]
    public void Section_5_5_1_Nothing_is_sent_after_our_close_frame() => Endpoint.Server(
        "89 81 00 00 00 00 70" + Close1000, ["Close 1000"], "88 02 03 E8", ConnectionState.Closed, first: endpoint =>
        {
            endpoint.Protocol.Close(CloseCode.NormalClosure);
            Assert.False(endpoint.Protocol.CanSend);
            endpoint.Protocol.SendPing("late"u8);
            endpoint.Protocol.Close(CloseCode.GoingAway);
        });

    [Fact]
    public void Section_5_5_1_Nothing_after_the_peers_close_frame_is_read() =>
        Endpoint.Server(Close1000 + "81 81 00 00 00 00 61 83 80 00 00 00 00", ["Close 1000"], "88 02 03 E8", ConnectionState.Closed);

    [Fact]
    public void Section_5_5_1_Messages_under_way_may_be_sent_before_the_close_frame_is_answered()
    {
        using var endpoint = new Endpoint { AnswersAtOnce = false };
        endpoint.Receive(Close1000);
        Assert.Equal((ConnectionState.Answering, true, ""), (endpoint.Protocol.State, endpoint.Protocol.CanSend, endpoint.Sent));
        Assert.Equal(ProtocolWait.Answers, endpoint.Wait);

        endpoint.Protocol.SendFrame(Opcode.Text, "a"u8);
        Assert.True(endpoint.Protocol.SendDueClose());
        Assert.Equal("810161" + "880203E8", endpoint.Sent);
        Assert.False(endpoint.Protocol.SendDueClose());
    }

    [Fact]
    public void Section_5_5_1_Closing_after_the_peers_close_frame_sends_the_answer_that_is_due()
    {
        using var endpoint = new Endpoint { AnswersAtOnce = false };
        endpoint.Receive(Close1000);
        endpoint.Protocol.Close((CloseCode)4000, "mine");
        Assert.Equal(("880203E8", ConnectionState.Closed), (endpoint.Sent, endpoint.Protocol.State));
    }

    [Fact]
    public void Section_7_1_2_Closing_sends_a_close_frame_and_waits_for_the_peers()
    {
        using var endpoint = new Endpoint();
        endpoint.Protocol.Close(CloseCode.NormalClosure, "done");
        Assert.Equal(("880603E8646F6E65", ConnectionState.Closing), (endpoint.Sent, endpoint.Protocol.State));
        Assert.Equal(ProtocolWait.Close, endpoint.Wait);
    }

    [Fact]
    public void Section_7_1_2_Client_masks_its_close_frame()
    {
        using var endpoint = new Endpoint(Role.Client);
        endpoint.Protocol.Close(CloseCode.NormalClosure);
        Assert.Equal("8882" + "37FA213D" + "3412", endpoint.Sent);
    }

    [Fact]
    public void Section_7_1_3_Messages_that_arrive_after_our_close_frame_are_dropped() => Endpoint.Server(
        "81 81 00 00 00 00 61 01 81 00 00 00 00 62 80 80 00 00 00 00", [], "88 02 03 E8", ConnectionState.Closing,
        first: endpoint => endpoint.Protocol.Close(CloseCode.NormalClosure));

    [Fact]
    public void Section_7_1_3_Faults_are_found_after_our_close_frame_too() => Endpoint.Server(
        "83 80 00 00 00 00", ["ReservedOpcode 1002 at 0"], "88 02 03 E8", ConnectionState.Closed,
        first: endpoint => endpoint.Protocol.Close(CloseCode.NormalClosure));

    [Theory]
    [InlineData("88 82 00 00 00 00 03 E8", "Close 1000")]
    [InlineData("88 80 00 00 00 00", "Close 1005")]
    [InlineData("88 82 00 00 00 00 0B B8", "Close 3000")]
    [InlineData("88 85 00 00 00 00 13 87 C3 A9 21", "Close 4999 é!")]
    public void Section_7_1_5_and_7_1_6_Code_and_reason_are_those_of_the_first_close_frame(string hex, string expected)
    {
        using var endpoint = new Endpoint();
        endpoint.Receive(hex);
        endpoint.Receive(Close1000);
        Assert.Equal([expected], endpoint.Events);
    }

    [Theory]
    [InlineData("83 80 00 00 00 00", "ReservedOpcode 1002 at 0", "03EA")]
    [InlineData("81 01 61", "Unmasked 1002 at 0", "03EA")]
    [InlineData("81 81 00 00 00 00 FF", "InvalidText 1007 at 6", "03EF")]
    [InlineData("82 85 00 00 00 00", "MessageTooBig 1009 at 0", "03F1")]
    [InlineData("02 80 00 00 00 00 00 80 00 00 00 00 00 80 00 00 00 00 00 80 00 00 00 00", "TooManyFragments 1008 at 18", "03F0")]
    [InlineData("88 81 00 00 00 00 03", "TruncatedCloseCode 1002 at 6", "03EA")]
    [InlineData("88 83 00 00 00 00 03 E8 FF", "InvalidCloseReason 1007 at 8", "03EF")]
    public void Section_7_1_7_Fault_fails_the_connection_with_its_code_and_an_explanation(string hex, string expected, string code)
    {
        var wire = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        for (var at = 0; at <= wire.Length; at++)
        {
            using var endpoint = new Endpoint(limits: new MessageLimits { MaxMessageBytes = 4, MaxFragments = 3 });
            endpoint.Receive(wire.AsSpan(0, at));
            endpoint.Receive(wire.AsSpan(at));
            Assert.Equal([expected], endpoint.Events);
            Assert.Equal(("88", code), (endpoint.Sent[..2], endpoint.Sent[4..8]));
            Assert.Equal(ConnectionState.Closed, endpoint.Protocol.State);
        }
    }

    [Theory]
    [InlineData("03 E7"), InlineData("03 EC"), InlineData("03 ED"), InlineData("03 EE"), InlineData("03 F7"), InlineData("00 00"), InlineData("13 88"), InlineData("0B B7")]
    public void Section_7_4_Codes_that_must_not_be_sent_fail_the_connection(string code)
    {
        using var endpoint = new Endpoint();
        endpoint.Receive("88 82 00 00 00 00" + code);
        Assert.Equal(["InvalidCloseCode 1002 at 6"], endpoint.Events);
        Assert.Equal("03EA", endpoint.Sent[4..8]);
    }

    [Fact]
    public void Section_7_1_7_Failing_sends_a_close_frame_and_reads_nothing_more()
    {
        using var endpoint = new Endpoint();
        endpoint.Protocol.Fail(CloseCode.PolicyViolation, "slow");
        endpoint.Receive("81 81 00 00 00 00 61");
        Assert.Empty(endpoint.Events);
        Assert.Equal(("880603F0736C6F77", ConnectionState.Closed), (endpoint.Sent, endpoint.Protocol.State));
    }

    [Fact]
    public void Section_7_1_7_Failing_after_our_close_frame_sends_no_second_one()
    {
        using var endpoint = new Endpoint();
        endpoint.Protocol.Close(CloseCode.NormalClosure);
        endpoint.Protocol.Fail(CloseCode.InternalError, "");
        endpoint.Protocol.Fail(CloseCode.InternalError, "");
        Assert.Equal(("880203E8", ConnectionState.Closed), (endpoint.Sent, endpoint.Protocol.State));
    }

    [Fact]
    public void Dropping_sends_no_close_frame()
    {
        using var endpoint = new Endpoint();
        endpoint.Protocol.Drop();
        Assert.Equal(("", ConnectionState.Closed), (endpoint.Sent, endpoint.Protocol.State));
        Assert.Equal(ProtocolWait.None, endpoint.Wait);
    }
}
