using Duplex.Protocol.Closing;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Tests.Compression;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>One large message in parts, in either direction. RFC 6455 section 5.4.</summary>
public sealed class PartsTests
{
    private readonly TestShard _shard = new();
    private readonly RecordingHandler _handler = new();

    [Fact]
    public void Parts_go_out_as_fragments_and_control_frames_in_between()
    {
        var connection = Open();
        Send(connection, "ab", isLast: false);
        connection.Feed("89 81 00 00 00 00 70");
        Send(connection, "", isLast: false);
        Send(connection, "c", isLast: false);
        Send(connection, "", isLast: true);
        Assert.Equal("01026162" + "8A0170" + "000163" + "8000", connection.Sent);
    }

    [Fact]
    public void Message_of_one_part_is_a_whole_message()
    {
        var connection = Open();
        Send(connection, "", isLast: false);
        Send(connection, "ab", isLast: true);
        Assert.Equal("81026162", connection.Sent);
    }

    [Fact]
    public void Compressed_parts_have_RSV1_on_the_first_frame_only()
    {
        var agreement = new DeflateAgreement(true, true, 15, 15);
        using var deflater = new MessageDeflater(Role.Server, agreement, new DeflateOptions { MinMessageBytes = 1000 });
        var connection = TestConnection.Open(_shard, _handler, deflater: deflater);
        Send(connection, "Hel", isLast: false);
        Send(connection, "lo", isLast: true);
        var wire = Convert.FromHexString(connection.Sent);
        var first = wire[1];
        Assert.Equal((0x41, 0x80), (wire[0], wire[2 + first]));
        byte[] payload = [.. wire.AsSpan(2, first), .. wire.AsSpan(4 + first)];
        using var peers = new Peers();
        Assert.Equal("Hello"u8, peers.Inflate(payload));
    }

    [Fact]
    public void Another_message_between_parts_is_the_callers_fault()
    {
        var connection = Open();
        var prepared = PreparedMessage.Create("x"u8, MessageType.Binary);
        Send(connection, "a", isLast: false);
        Assert.Throws<InvalidOperationException>(() => _shard.Turn(() => connection.Send("x"u8, MessageType.Text)));
        Assert.Throws<InvalidOperationException>(() => _shard.Turn(() => connection.Send(prepared)));
        Assert.Throws<ArgumentException>(() => _shard.Turn(() => connection.SendPart("x"u8, MessageType.Binary, isLast: true)));
        Send(connection, "b", isLast: true);
        _shard.Turn(() => connection.Send(prepared));
        Assert.Equal("010161" + "800162" + "820178", connection.Sent);
        prepared.Release();
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_the_callers_fault_and_the_message_goes_on()
    {
        var connection = Open();
        _shard.Turn(() => connection.SendPart([0xE2, 0x82], MessageType.Text, isLast: false));
        Assert.Throws<ArgumentException>(() => _shard.Turn(() => connection.SendPart("a"u8, MessageType.Text, isLast: false)));
        Assert.Throws<ArgumentException>(() => _shard.Turn(() => connection.SendPart([], MessageType.Text, isLast: true)));
        _shard.Turn(() => connection.SendPart([0xAC], MessageType.Text, isLast: true));
        Assert.Equal("0102E282" + "8001AC", connection.Sent);
    }

    [Fact]
    public void Closing_in_the_middle_of_a_message_sends_the_close_frame_behind_its_last_part()
    {
        var connection = Open();
        Send(connection, "a", isLast: false);
        _shard.Turn(() => connection.Close(CloseCode.InternalError));
        Send(connection, "b", isLast: true);
        Assert.Equal("010161" + "880203F3", connection.Sent);
    }

    [Fact]
    public void Parts_are_received_as_they_arrive()
    {
        var connection = OpenInParts();
        connection.Feed("01 83 00 00 00 00 61 62");
        connection.Feed("63 80 81 00 00 00 00 64 81 80 00 00 00 00");
        Assert.Equal(["open", "[ab", "c", "d]", "[]"], _handler.Calls);
    }

    [Fact]
    public void Pausing_in_the_middle_of_what_arrived_holds_the_rest_back()
    {
        _handler.OnText = (connection, text) => ((TestConnection)connection).PauseReceiving();
        var connection = OpenInParts();
        connection.Feed("81 81 00 00 00 00 61 81 81 00 00 00 00 62 88 80 00 00 00 00");
        connection.Feed("81 81 00 00 00 00 63");
        Assert.Equal(["open", "[a]"], _handler.Calls);
        Assert.True(connection.IsPaused);
        _shard.Turn(connection.ResumeReceiving);
        Assert.Equal(["open", "[a]", "[b]"], _handler.Calls);
        _shard.Turn(connection.ResumeReceiving);
        Assert.Equal("8800", connection.Sent);
        Assert.Equal("closed ClosedByPeer 1005", _handler.Calls[^1]);
    }

    [Fact]
    public void What_is_held_back_is_delivered_when_the_transport_ends()
    {
        _handler.OnText = (connection, text) => ((TestConnection)connection).PauseReceiving();
        var connection = Open();
        connection.Feed("81 81 00 00 00 00 61 81 81 00 00 00 00 62 81 81 00 00 00 00 63");
        connection.EndTransport();
        Assert.Equal(["open", "a", "b", "c", "closed TransportLost 1006"], _handler.Calls);
    }

    [Fact]
    public void Time_that_the_application_takes_does_not_count_against_the_peers_message()
    {
        var connection = OpenInParts(new WebSocketConnectionOptions { MessageTimeout = TimeSpan.FromSeconds(10), PingInterval = null });
        connection.Feed("01 81 00 00 00 00 61");
        _shard.Pass(9);
        _shard.Turn(connection.PauseReceiving);
        _shard.Pass(60);
        _shard.Turn(connection.ResumeReceiving);
        _shard.Pass(9);
        Assert.Equal(["open", "[a"], _handler.Calls);
        _shard.Pass(2);
        Assert.Equal("closed MessageTimeout 1008 The message took too long.", _handler.Calls[^1]);
    }

    [Fact]
    public void A_message_in_parts_has_the_time_of_a_message_however_often_parts_come()
    {
        var connection = OpenInParts(new WebSocketConnectionOptions { MessageTimeout = TimeSpan.FromSeconds(10), PingInterval = null });
        connection.Feed("01 81 00 00 00 00 61");
        for (var i = 0; i < 11; i++)
        {
            _shard.Pass(1);
            connection.Feed("00 81 00 00 00 00 62");
        }

        Assert.Equal("closed MessageTimeout 1008 The message took too long.", _handler.Calls[^1]);
    }

    private TestConnection Open() => TestConnection.Open(_shard, _handler);

    private TestConnection OpenInParts(WebSocketConnectionOptions? options = null)
    {
        _handler.OnOpened = connection => connection.ReceiveInParts();
        return TestConnection.Open(_shard, _handler, options);
    }

    private void Send(TestConnection connection, string part, bool isLast) =>
        _shard.Turn(() => connection.SendPart(System.Text.Encoding.UTF8.GetBytes(part), MessageType.Text, isLast));
}
