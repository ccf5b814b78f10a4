using Duplex.EventLoop.Hosting;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Tests.Connections;

/// <summary>Receivers that take less than they are sent.</summary>
public sealed class BackpressureTests
{
    // More than all buffers of the kernel hold.
    private const int Messages = 500;

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Sends_that_the_peer_takes_in_parts_hold_up_nobody_else_and_arrive_whole(EventLoopBackEnd kind)
    {
        var filling = new FillingHandler();
        await using var server = (await LoopServer.StartAsync(kind, options: o => o.Loops = 1))
            .With("/fill", filling)
            .With("/echo", new TestHandler());
        using var good = await RawClient.UpgradeAsync(server.Address, "/echo");
        using var slow = await RawClient.UpgradeAsync(server.Address, "/fill", receiveBufferBytes: 4096);
        await slow.SendFrameAsync(Opcode.Text, "go"u8);

        for (var i = 0; i < 100; i++)
        {
            await good.SendFrameAsync(Opcode.Text, BitConverter.GetBytes(i));
            Assert.Equal(i, BitConverter.ToInt32((await good.ReadFrameAsync()).Payload));
        }

        Assert.InRange(filling.Sent, 1, Messages - 1);
        Assert.Equal(1, await LoopServer.OnLoop(server.Loops[0], () => server.Loops[0].Segments.InUse > 0 ? 1 : 0));
        for (var i = 0; i < Messages; i++)
        {
            var (_, payload) = await slow.ReadFrameAsync();
            Assert.Equal(FillingHandler.Length(i), payload.Length);
            Assert.Equal(i, BitConverter.ToInt32(payload));
        }

        await server.Until(loop => loop.Segments.InUse, 0);
    }

    /// <summary>Sends whenever the connection takes more, until all is sent.</summary>
    private sealed class FillingHandler : IWebSocketHandler
    {
        private int _sent;

        public int Sent => Volatile.Read(ref _sent);

        /// <summary>Some are copied, some offered to the kernel where they are.</summary>
        public static int Length(int message) => message % 2 == 0 ? 10_000 : 40_000;

        public void OnOpen(WebSocketConnection connection) { }

        public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) => Fill(connection);

        public void OnWritable(WebSocketConnection connection) => Fill(connection);

        public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) { }

        private void Fill(WebSocketConnection connection)
        {
            while (_sent < Messages && connection.IsWritable)
            {
                var payload = new byte[Length(_sent)];
                BitConverter.TryWriteBytes(payload, _sent++);
                connection.Send(payload, MessageType.Binary);
            }
        }
    }
}
