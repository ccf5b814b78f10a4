using System.Buffers.Binary;
using System.Net.Sockets;
using Duplex.EventLoop.Hosting;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Tests.Connections;

/// <summary>WebSockets on loops, seen from the other end of a real socket.</summary>
public sealed class LoopConnectionTests
{
    private static readonly WebSocketConnectionOptions Large = new() { MaxMessageBytes = 4 * 1024 * 1024, MaxQueuedBytes = 8 * 1024 * 1024 };

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Server_echoes_messages_of_every_length_form(EventLoopBackEnd kind)
    {
        await using var server = (await LoopServer.StartAsync(kind)).With("/echo", new TestHandler(), Large);
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
        foreach (var length in (int[])[0, 1, 125, 126, 65_535, 65_536, 1_048_576])
        {
            var payload = new byte[length];
            Random.Shared.NextBytes(payload);
            await client.SendFrameAsync(Opcode.Binary, payload);

            var (opcode, echoed) = await client.ReadFrameAsync();

            Assert.Equal(Opcode.Binary, opcode);
            Assert.True(payload.AsSpan().SequenceEqual(echoed));
        }
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Frames_that_follow_the_request_in_the_same_packet_are_read(EventLoopBackEnd kind)
    {
        await using var server = (await LoopServer.StartAsync(kind)).With("/echo", new TestHandler());
        using var client = await RawClient.ConnectAsync(server.Address);
        await client.SendAsync([.. System.Text.Encoding.ASCII.GetBytes(RawClient.UpgradeRequest("/echo")), .. RawClient.Frame(Opcode.Text, "early"u8)]);
        await client.ReadHeadAsync();

        Assert.Equal("early"u8.ToArray(), (await client.ReadFrameAsync()).Payload);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Many_small_messages_in_flight_come_back_in_order(EventLoopBackEnd kind)
    {
        await using var server = (await LoopServer.StartAsync(kind)).With("/echo", new TestHandler(), Large);
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
        const int count = 20_000;
        var all = new List<byte>();
        for (var i = 0; i < count; i++) all.AddRange(RawClient.Frame(Opcode.Binary, BitConverter.GetBytes(i)));
        var sending = client.SendAsync(all.ToArray());

        for (var i = 0; i < count; i++) Assert.Equal(i, BitConverter.ToInt32((await client.ReadFrameAsync()).Payload));
        await sending;
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Shared_and_copied_messages_of_all_sizes_leave_in_the_order_they_were_sent(EventLoopBackEnd kind)
    {
        var sizes = new[] { 10, 500, 100_000, 5, 2_000, 30_000, 64_000, 1, 900, 900, 900, 70_000 };
        var handler = new TestHandler((connection, _) =>
        {
            for (var i = 0; i < sizes.Length * 2; i++)
            {
                var payload = new byte[sizes[i % sizes.Length]];
                payload[0] = (byte)i;
                if (i % 3 == 0)
                {
                    connection.Send(payload, MessageType.Binary);
                    continue;
                }

                var prepared = PreparedMessage.Create(payload, MessageType.Binary);
                connection.Send(prepared);
                prepared.Release();
            }
        });
        await using var server = (await LoopServer.StartAsync(kind)).With("/many", handler, Large);
        using var client = await RawClient.UpgradeAsync(server.Address, "/many");
        await client.SendFrameAsync(Opcode.Text, "go"u8);

        for (var i = 0; i < sizes.Length * 2; i++)
        {
            var (_, payload) = await client.ReadFrameAsync();
            Assert.Equal(sizes[i % sizes.Length], payload.Length);
            Assert.Equal((byte)i, payload[0]);
        }

        await server.Until(loop => loop.Segments.InUse, 0);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task The_peers_close_is_answered_and_the_stream_ends_in_order(EventLoopBackEnd kind)
    {
        var handler = new TestHandler();
        await using var server = (await LoopServer.StartAsync(kind)).With("/echo", handler);
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
        await client.SendFrameAsync(Opcode.Close, [0x0F, 0xA0, (byte)'b', (byte)'y', (byte)'e']);

        Assert.Equal([0x88, 2, 0x0F, 0xA0], await client.ReadToEndAsync());
        client.Dispose();
        Assert.Equal(new ConnectionEnd(EndReason.ClosedByPeer, (CloseCode)4000, "bye"), await handler.Ended());
        await server.Until(loop => loop.Load, 0);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task The_applications_close_follows_what_it_sent_before(EventLoopBackEnd kind)
    {
        var handler = new TestHandler((connection, message) =>
        {
            connection.Send(new byte[200_000], MessageType.Binary);
            connection.Close(CloseCode.NormalClosure, "done");
            connection.Send("never"u8, MessageType.Text);
        });
        await using var server = (await LoopServer.StartAsync(kind)).With("/close", handler, Large);
        using var client = await RawClient.UpgradeAsync(server.Address, "/close");
        await client.SendFrameAsync(Opcode.Text, "go"u8);

        Assert.Equal(200_000, (await client.ReadFrameAsync()).Payload.Length);
        var (opcode, payload) = await client.ReadFrameAsync();
        Assert.Equal(Opcode.Close, opcode);
        Assert.Equal(1000, BinaryPrimitives.ReadUInt16BigEndian(payload));
        await client.SendFrameAsync(Opcode.Close, [0x03, 0xE8]);
        Assert.Empty(await client.ReadToEndAsync());
        Assert.Equal(EndReason.ClosedByApplication, (await handler.Ended()).Reason);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task The_code_of_a_violation_arrives_although_more_bytes_of_the_peer_wait_unread(EventLoopBackEnd kind)
    {
        await using var server = (await LoopServer.StartAsync(kind)).With("/echo", new TestHandler());
        for (var i = 0; i < 20; i++)
        {
            using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
            // An unmasked frame (RFC 6455 section 5.1), and much behind it.
            await client.SendAsync([0x82, 1, 42]);
            await client.SendAsync(new byte[100_000]);

            var (opcode, payload) = await client.ReadFrameAsync();

            Assert.Equal(Opcode.Close, opcode);
            Assert.Equal(1002, BinaryPrimitives.ReadUInt16BigEndian(payload));
            Assert.Empty(await client.ReadToEndAsync());
        }
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_peer_that_sends_on_after_the_close_is_reset_within_a_bound(EventLoopBackEnd kind)
    {
        await using var server = (await LoopServer.StartAsync(kind)).With("/echo", new TestHandler());
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
        await client.SendAsync([0x82, 1, 42]);

        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            var bytes = new byte[64 * 1024];
            for (var i = 0; i < 10_000; i++) await client.SendAsync(bytes);
        });
        await server.Until(loop => loop.Load, 0);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_reset_and_an_end_without_close_frame_are_lost_transports(EventLoopBackEnd kind)
    {
        var handler = new TestHandler();
        await using var server = (await LoopServer.StartAsync(kind)).With("/echo", handler);

        (await RawClient.UpgradeAsync(server.Address, "/echo")).Reset();
        Assert.Equal(new ConnectionEnd(EndReason.TransportLost, CloseCode.AbnormalClosure, ""), await handler.Ended());

        (await RawClient.UpgradeAsync(server.Address, "/echo")).Dispose();
        Assert.Equal(new ConnectionEnd(EndReason.TransportLost, CloseCode.AbnormalClosure, ""), await handler.Ended());
        await server.Until(loop => loop.Load, 0);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Abort_from_another_thread_resets_the_peer(EventLoopBackEnd kind)
    {
        var handler = new TestHandler();
        await using var server = (await LoopServer.StartAsync(kind)).With("/echo", handler);
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
        (await handler.Opened()).Abort();

        await Assert.ThrowsAsync<SocketException>(client.ReadToEndAsync);
        Assert.Equal(EndReason.Aborted, (await handler.Ended()).Reason);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_handler_that_throws_closes_its_connection_with_1011_and_no_other(EventLoopBackEnd kind)
    {
        var handler = new TestHandler((connection, message) =>
        {
            if (message.Payload.SequenceEqual("bad"u8)) throw new InvalidOperationException("test");
            connection.Send(message.Payload, message.Type);
        });
        await using var server = (await LoopServer.StartAsync(kind, options: o => o.Loops = 1)).With("/echo", handler);
        using var good = await RawClient.UpgradeAsync(server.Address, "/echo");
        using var bad = await RawClient.UpgradeAsync(server.Address, "/echo");

        await bad.SendFrameAsync(Opcode.Text, "bad"u8);
        Assert.Equal(1011, BinaryPrimitives.ReadUInt16BigEndian((await bad.ReadFrameAsync()).Payload));
        await good.SendFrameAsync(Opcode.Text, "good"u8);
        Assert.Equal("good"u8.ToArray(), (await good.ReadFrameAsync()).Payload);
        Assert.Equal(EndReason.HandlerFailed, (await handler.Ended()).Reason);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_peer_that_does_not_read_is_dropped_at_the_queues_limit_and_disturbs_nobody(EventLoopBackEnd kind)
    {
        var flood = new TestHandler((connection, _) =>
        {
            var bytes = new byte[64 * 1024];
            for (var i = 0; i < 1000; i++) connection.Send(bytes, MessageType.Binary);
        });
        await using var server = (await LoopServer.StartAsync(kind, options: o => o.Loops = 1))
            .With("/flood", flood)
            .With("/echo", new TestHandler());
        using var good = await RawClient.UpgradeAsync(server.Address, "/echo");
        using var slow = await RawClient.UpgradeAsync(server.Address, "/flood", receiveBufferBytes: 4096);

        await slow.SendFrameAsync(Opcode.Text, "go"u8);
        Assert.Equal(EndReason.SendQueueFull, (await flood.Ended()).Reason);
        await good.SendFrameAsync(Opcode.Text, "still there"u8);
        Assert.Equal("still there"u8.ToArray(), (await good.ReadFrameAsync()).Payload);
        await server.Until(loop => loop.Segments.InUse, 0);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_peer_that_sends_without_reading_is_not_read_either_and_loses_nothing(EventLoopBackEnd kind)
    {
        var handler = new TestHandler();
        await using var server = (await LoopServer.StartAsync(kind)).With("/echo", handler, Large);
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo", receiveBufferBytes: 4096);
        const int count = 400;
        var payload = new byte[50_000];
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < count; i++)
            {
                var frame = (byte[])payload.Clone();
                BinaryPrimitives.WriteInt32LittleEndian(frame, i);
                await client.SendFrameAsync(Opcode.Binary, frame);
            }
        }, Limit.Token);
        await handler.Opened();

        // 20 MB are more than all buffers between hold: the server stops reading, or its queue passes the limit.
        for (var i = 0; i < count; i++)
            Assert.Equal(i, BinaryPrimitives.ReadInt32LittleEndian((await client.ReadFrameAsync()).Payload));
        await sending;
        Assert.Equal(0, handler.EndCount);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_drained_queue_is_told_once_it_was_above_its_mark(EventLoopBackEnd kind)
    {
        var handler = new TestHandler((connection, _) =>
        {
            while (connection.IsWritable) connection.Send(new byte[10_000], MessageType.Binary);
        });
        await using var server = (await LoopServer.StartAsync(kind)).With("/fill", handler, Large);
        using var client = await RawClient.UpgradeAsync(server.Address, "/fill", receiveBufferBytes: 4096);
        await client.SendFrameAsync(Opcode.Text, "go"u8);
        var reading = client.ReadToEndAsync();

        Assert.True(await handler.Writable());
        (await handler.Opened()).Abort();
        await Assert.ThrowsAsync<SocketException>(() => reading);
    }
}
