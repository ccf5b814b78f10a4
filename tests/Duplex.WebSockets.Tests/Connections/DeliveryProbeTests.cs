using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>The pings that measure how much of what was sent the peer has read.</summary>
public sealed class DeliveryProbeTests
{
    private const string ProbeHeader = "8908";

    private readonly TestShard _shard = new();
    private readonly RecordingHandler _handler = new();

    [Fact]
    public void Connection_without_a_maximum_delay_sends_no_probe_and_is_always_caught_up()
    {
        var connection = TestConnection.Open(_shard, _handler);
        Send(connection, 100);
        Assert.DoesNotContain(ProbeHeader, connection.Sent, StringComparison.Ordinal);
        Assert.True(connection.IsCaughtUp);
    }

    [Fact]
    public void First_probe_follows_4_KiB_and_carries_the_number_of_bytes_before_it()
    {
        var connection = Open();
        Send(connection, 3);
        Assert.Equal([], Probes(connection));
        Send(connection, 1);
        Assert.Equal([4 * MessageBytes], Probes(connection));
    }

    [Fact]
    public void Full_window_is_not_caught_up_until_a_pong_confirms_part_of_it()
    {
        var connection = Open();
        Send(connection, 14);
        Assert.True(connection.IsCaughtUp);
        Send(connection, 10);
        Assert.False(connection.IsCaughtUp);
        Assert.True(connection.IsWritable);
        Assert.Equal(["open"], _handler.Calls);

        Answer(connection, Probes(connection)[^1]);
        Assert.True(connection.IsCaughtUp);
        Assert.Equal(["open", "writable"], _handler.Calls);
    }

    [Fact]
    public void Pong_that_answers_no_probe_confirms_nothing()
    {
        var connection = Open();
        Send(connection, 24);
        Answer(connection, long.MaxValue);
        Answer(connection, 1);
        Assert.False(connection.IsCaughtUp);
        Assert.Equal(["open"], _handler.Calls);
    }

    [Fact]
    public void Unsent_bytes_of_the_kernel_count_for_a_peer_that_answers_no_probe()
    {
        var connection = Open();
        Send(connection, 24);
        _shard.Pass(2.1);
        Assert.True(connection.IsCaughtUp);
        Assert.Equal(["open", "writable"], _handler.Calls);

        connection.Unsent = 5000;
        Send(connection, 2);
        Assert.False(connection.IsCaughtUp);
        _shard.Pass(0.2);
        Assert.False(connection.IsCaughtUp);
        connection.Unsent = 0;
        _shard.Pass(0.2);
        Assert.True(connection.IsCaughtUp);
        Assert.Equal(["open", "writable", "writable"], _handler.Calls);
    }

    [Fact]
    public void Late_pong_makes_the_window_count_again()
    {
        var connection = Open();
        Send(connection, 24);
        _shard.Pass(2.1);
        connection.Unsent = 5000;
        Send(connection, 2);
        Assert.False(connection.IsCaughtUp);
        // The rest is more than the window of a path that took two seconds for 16 KiB.
        Answer(connection, Probes(connection)[^1]);
        Assert.False(connection.IsCaughtUp);
        Answer(connection, Probes(connection)[^1]);
        Assert.True(connection.IsCaughtUp);
    }

    [Fact]
    public void Closed_connection_has_no_timer_left()
    {
        var connection = Open();
        Send(connection, 24);
        connection.Feed("88 80 00 00 00 00");
        connection.EndTransport();
        _shard.Pass(6);
        Assert.Equal(0, _shard.ArmedTimers);
    }

    private const int MessageBytes = 1024 + 4;

    private TestConnection Open() => TestConnection.Open(
        _shard, _handler, WebSocketConnectionOptions.Default with { MaxDeliveryDelay = TimeSpan.FromMilliseconds(400), PingInterval = null, PongTimeout = null });

    private void Send(TestConnection connection, int messages) => _shard.Turn(() =>
    {
        for (var i = 0; i < messages; i++) connection.Send(new byte[1024], MessageType.Binary);
    });

    private static void Answer(TestConnection connection, long position) => connection.Feed($"8A 88 00 00 00 00 {position:X16}");

    private static long[] Probes(TestConnection connection)
    {
        var probes = new List<long>();
        for (var at = connection.Sent.IndexOf(ProbeHeader, StringComparison.Ordinal); at >= 0; at = connection.Sent.IndexOf(ProbeHeader, at + 20, StringComparison.Ordinal))
        {
            probes.Add(Convert.ToInt64(connection.Sent.Substring(at + 4, 16), 16));
        }

        return [.. probes];
    }
}
