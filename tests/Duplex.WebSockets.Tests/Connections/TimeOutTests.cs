using Duplex.Protocol.Closing;
using Duplex.WebSockets.Hosting;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>Pings, dead peers, and everything that has limited time.</summary>
public sealed class TimeOutTests
{
    private readonly TestShard _shard = new();
    private readonly RecordingHandler _handler = new();

    [Fact]
    public void Idle_peer_is_pinged_at_the_interval()
    {
        var connection = Open();
        _shard.Pass(24.9);
        Assert.Equal("", connection.Sent);
        _shard.Pass(0.2);
        Assert.Equal("890400000001", connection.Sent);
    }

    [Fact]
    public void Pong_keeps_the_connection_and_tells_the_round_trip()
    {
        var connection = Open();
        _shard.Pass(25.1);
        Assert.Null(connection.RoundTripTime);
        _shard.Pass(0.5);
        connection.Feed("8A 84 00 00 00 00 00 00 00 01");
        Assert.Equal(0.5, connection.RoundTripTime!.Value.TotalSeconds, 0.11);
        _shard.Pass(25);
        Assert.Equal("890400000001" + "890400000002", connection.Sent);
        Assert.Equal(["open"], _handler.Calls);
    }

    [Fact]
    public void Any_bytes_after_a_ping_are_a_sign_of_life()
    {
        var connection = Open();
        _shard.Pass(25.1);
        connection.Feed("81 81 00 00 00 00 61");
        _shard.Pass(11);
        Assert.False(connection.IsDropped);
        Assert.Null(connection.RoundTripTime);
    }

    [Fact]
    public void Unasked_pong_tells_no_round_trip()
    {
        var connection = Open();
        connection.Feed("8A 84 00 00 00 00 00 00 00 01");
        Assert.Null(connection.RoundTripTime);
    }

    [Fact]
    public void Peer_that_is_silent_after_a_ping_is_dropped()
    {
        var connection = Open();
        _shard.Pass(35.3);
        Assert.True(connection.IsDropped);
        Assert.Equal("closed PingTimeout 1006", _handler.Calls[^1]);
    }

    [Fact]
    public void Time_out_as_long_as_the_interval_ends_with_the_next_ping()
    {
        var options = new WebSocketConnectionOptions { PingInterval = TimeSpan.FromSeconds(10), PongTimeout = TimeSpan.FromSeconds(10) };
        var connection = Open(options);
        _shard.Pass(10.1);
        connection.Feed("8A 84 00 00 00 00 00 00 00 01");
        _shard.Pass(10.1);
        Assert.Equal("890400000001" + "890400000002", connection.Sent);
        _shard.Pass(9.7);
        Assert.False(connection.IsDropped);
        _shard.Pass(0.5);
        Assert.Equal("closed PingTimeout 1006", _handler.Calls[^1]);
    }

    [Fact]
    public void Peer_that_does_not_answer_our_close_is_dropped()
    {
        var connection = Open();
        _shard.Turn(() => connection.Close(CloseCode.NormalClosure));
        _shard.Pass(4.9);
        Assert.False(connection.IsDropped);
        _shard.Pass(0.3);
        Assert.True(connection.IsDropped);
        Assert.Equal("closed CloseTimeout 1006", _handler.Calls[^1]);
    }

    [Fact]
    public void Peer_that_does_not_end_the_transport_after_a_fault_is_dropped()
    {
        var connection = Open();
        connection.Feed("83 80 00 00 00 00");
        Assert.False(connection.IsDropped);
        _shard.Pass(5.2);
        Assert.True(connection.IsDropped);
    }

    [Fact]
    public void Message_dripped_for_too_long_closes_1008()
    {
        var connection = Open(new WebSocketConnectionOptions { MessageTimeout = TimeSpan.FromSeconds(3) });
        connection.Feed("81 FE 00 80 00 00 00 00");
        for (var i = 0; i < 4; i++)
        {
            connection.Feed("61");
            _shard.Pass(1);
        }

        Assert.StartsWith("88", connection.Sent, StringComparison.Ordinal);
        Assert.Contains("closed MessageTimeout 1008", _handler.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_message_has_its_own_time()
    {
        var connection = Open(new WebSocketConnectionOptions { MessageTimeout = TimeSpan.FromSeconds(3) });
        connection.Feed("81 82 00 00 00 00 61");
        for (var i = 0; i < 4; i++)
        {
            _shard.Pass(2);
            connection.Feed("62 81 82 00 00 00 00 61");
        }

        Assert.Equal(["open", "ab", "ab", "ab", "ab"], _handler.Calls);
    }

    [Fact]
    public void Connection_between_messages_may_be_idle_as_long_as_it_answers_pings()
    {
        var connection = Open(new WebSocketConnectionOptions { MessageTimeout = TimeSpan.FromSeconds(3), PingInterval = null });
        connection.Feed("81 81 00 00 00 00 61");
        _shard.Pass(600);
        Assert.Equal(["open", "a"], _handler.Calls);
        Assert.Equal(0, _shard.ArmedTimers);
    }

    private TestConnection Open(WebSocketConnectionOptions? options = null) => TestConnection.Open(_shard, _handler, options);
}
