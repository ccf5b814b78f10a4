using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;

namespace Duplex.Protocol.Tests.Pings;

/// <summary>RFC 6455 sections 5.5.2 and 5.5.3: pings and pongs on literal bytes.</summary>
public sealed class PongTests
{
    [Fact]
    public void Section_5_5_2_Ping_is_answered_with_its_payload() =>
        Endpoint.Server("89 82 00 00 00 00 68 69", [], "8A 02 68 69", ConnectionState.Open);

    [Fact]
    public void Section_5_5_2_Client_masks_its_pong()
    {
        using var endpoint = new Endpoint(Role.Client);
        endpoint.Receive("89 05 48 65 6c 6c 6f");
        Assert.Equal("8A85" + "37FA213D" + "7F9F4D5158", endpoint.Sent);
    }

    [Fact]
    public void Section_5_5_2_Ping_before_a_close_frame_is_answered_and_one_behind_it_is_not() => Endpoint.Server(
        "89 81 00 00 00 00 61 88 80 00 00 00 00 89 81 00 00 00 00 62", ["Close 1005"], "8A 01 61 88 00", ConnectionState.Closed);

    [Fact]
    public void Section_5_4_Ping_between_fragments_is_answered_before_the_message() => Endpoint.Server(
        "01 81 00 00 00 00 61 89 81 00 00 00 00 70 80 81 00 00 00 00 62", ["Text ab"], "8A 01 70", ConnectionState.Open);

    [Fact]
    public void Section_5_5_3_Unsolicited_pong_is_not_answered() =>
        Endpoint.Server("8A 81 00 00 00 00 70", ["Pong p"], "", ConnectionState.Open);

    [Fact]
    public void Section_5_5_3_Pings_of_one_read_beyond_sixteen_are_answered_by_the_newest_pong()
    {
        using var endpoint = new Endpoint();
        endpoint.Receive(string.Concat(Enumerable.Range(0, 40).Select(i => $"89 81 00 00 00 00 {i:X2}")));
        Assert.Equal(string.Concat(Enumerable.Range(0, 16).Select(i => $"8A01{i:X2}")) + "8A0127", endpoint.Sent);

        // The next read is counted anew.
        endpoint.Receive("89 81 00 00 00 00 61 89 81 00 00 00 00 62");
        Assert.EndsWith("8A0127" + "8A0161" + "8A0162", endpoint.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public void Section_5_5_3_Newest_pong_of_a_flood_leaves_before_the_close_frame()
    {
        using var endpoint = new Endpoint();
        endpoint.Receive(string.Concat(Enumerable.Range(0, 20).Select(i => $"89 81 00 00 00 00 {i:X2}")) + "88 80 00 00 00 00");
        Assert.EndsWith("8A010F" + "8A0113" + "8800", endpoint.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public void Section_5_5_3_Pings_that_find_the_output_full_are_answered_by_the_newest_pong_once_there_is_room()
    {
        using var endpoint = new Endpoint { IsWritable = false };
        endpoint.Receive("01 80 00 00 00 00 89 81 00 00 00 00 61");
        endpoint.Receive("89 81 00 00 00 00 62 80 80 00 00 00 00 89 81 00 00 00 00 63");
        Assert.Equal(["Text"], endpoint.Events);
        Assert.Equal("", endpoint.Sent);

        endpoint.IsWritable = true;
        endpoint.Protocol.OnWritable();
        endpoint.Protocol.OnWritable();
        Assert.Equal("8A0163", endpoint.Sent);
        endpoint.Receive("89 81 00 00 00 00 64");
        Assert.Equal("8A0163" + "8A0164", endpoint.Sent);
    }

    [Fact]
    public void Section_5_5_3_Newest_pong_leaves_before_the_close_frame_of_a_full_output()
    {
        using var endpoint = new Endpoint { IsWritable = false };
        endpoint.Receive("89 81 00 00 00 00 61 89 81 00 00 00 00 62 88 80 00 00 00 00");
        Assert.Equal("8A0162" + "8800", endpoint.Sent);
        endpoint.Protocol.OnWritable();
        Assert.Equal("8A0162" + "8800", endpoint.Sent);
    }

    [Fact]
    public void Ping_of_ours_carries_its_payload()
    {
        using var endpoint = new Endpoint();
        endpoint.Protocol.SendPing([1, 2]);
        Assert.Equal("89020102", endpoint.Sent);
    }
}
