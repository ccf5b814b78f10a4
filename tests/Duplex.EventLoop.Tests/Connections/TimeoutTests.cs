using System.Buffers.Binary;
using System.Net.Sockets;
using Duplex.EventLoop.Arrival;
using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Loops;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.EventLoop.Tests.Connections;

/// <summary>Peers that say nothing, on a clock that tests move.</summary>
public sealed class TimeoutTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestHandler _handler = new();

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_half_open_peer_is_pinged_and_then_dropped(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
        await _handler.Opened();
        _time.Advance(TimeSpan.FromSeconds(25.1));
        Assert.Equal(Opcode.Ping, (await client.ReadFrameAsync()).Opcode);

        await server.Until(loop => loop.TimerCount, 1);
        _time.Advance(TimeSpan.FromSeconds(10.2));

        Assert.Equal(EndReason.PingTimeout, (await _handler.Ended()).Reason);
        await Assert.ThrowsAsync<SocketException>(client.ReadToEndAsync);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_peer_that_answers_pings_stays(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
        var connection = await _handler.Opened();
        for (var i = 0; i < 5; i++)
        {
            // The pong time-out, then the rest of the interval.
            await Advance(server, 8.1);
            await Advance(server, 17.1);
            var (opcode, payload) = await client.ReadFrameAsync();
            Assert.Equal(Opcode.Ping, opcode);
            await client.SendFrameAsync(Opcode.Pong, payload);
            // The echo tells that the pong before it was read.
            await client.SendFrameAsync(Opcode.Text, "x"u8);
            await client.ReadFrameAsync();
        }

        Assert.NotNull(connection.RoundTripTime);
        Assert.Equal(0, _handler.EndCount);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_message_that_never_ends_closes_1008(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
        await client.SendAsync([.. RawClient.Frame(Opcode.Text, "x"u8), .. RawClient.Frame(Opcode.Text, new byte[100])[..50]]);
        await client.ReadFrameAsync();
        // The timers of pings and of the message.
        await server.Until(loop => loop.TimerCount, 2);
        await Advance(server, 15.1);
        await Advance(server, 15.1);

        (Opcode Opcode, byte[] Payload) frame;
        do frame = await client.ReadFrameAsync();
        while (frame.Opcode == Opcode.Ping);
        Assert.Equal(Opcode.Close, frame.Opcode);
        Assert.Equal(1008, BinaryPrimitives.ReadUInt16BigEndian(frame.Payload));
        Assert.Equal(EndReason.MessageTimeout, (await _handler.Ended()).Reason);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_peer_that_does_not_end_its_side_after_the_close_is_dropped(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
        await client.SendFrameAsync(Opcode.Close, [0x03, 0xE8]);
        Assert.Equal([0x88, 2, 0x03, 0xE8], await client.ReadToEndAsync());
        Assert.Equal(EndReason.ClosedByPeer, (await _handler.Ended()).Reason);
        await server.Until(loop => loop.Load, 1);

        _time.Advance(TimeSpan.FromSeconds(5.2));

        await server.Until(loop => loop.Load, 0);
        await server.Until(loop => loop.TimerCount, 0);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_connection_without_a_word_is_dropped(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.ConnectAsync(server.Address);
        await server.Until(loop => loop.TimerCount, 1);

        _time.Advance(TimeSpan.FromSeconds(10.2));

        Assert.Empty(await client.ReadToEndAsync());
        await server.Until(loop => loop.Load, 0);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_head_that_drips_in_gets_no_more_time_for_it_and_is_answered_408(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.ConnectAsync(server.Address);
        var request = RawClient.UpgradeRequest("/echo");
        for (var i = 0; i < 4; i++)
        {
            await client.SendAsync([(byte)request[i]]);
            await server.Until(Seen, i + 1);
            _time.Advance(TimeSpan.FromSeconds(2.4));
            await server.Until(loop => loop.Load, 1);
        }

        _time.Advance(TimeSpan.FromSeconds(0.6));

        Assert.StartsWith("HTTP/1.1 408 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("The request did not arrive in time."u8.ToArray(), await client.ReadToEndAsync());
        await server.Until(loop => loop.Load, 0);
        await server.Until(loop => loop.TimerCount, 0);
        Assert.Equal(0, _handler.EndCount);
    }

    /// <summary>Bytes of unfinished heads that a loop has looked at.</summary>
    private static int Seen(Loop loop)
    {
        var seen = 0;
        loop.BackEnd.ForEach(events => seen += (events as ArrivingConnection)?.PeekedBytes ?? 0);
        return seen;
    }

    private async Task Advance(LoopServer server, double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        // Timers run after the work of their turn, so the second of these follows them.
        for (var i = 0; i < 2; i++)
        {
            foreach (var loop in server.Loops) await LoopServer.OnLoop(loop, () => true);
        }
    }

    private async Task<LoopServer> Start(EventLoopBackEnd kind) =>
        (await LoopServer.StartAsync(kind, builder => builder.Services.AddSingleton<TimeProvider>(_time))).With("/echo", _handler);
}
