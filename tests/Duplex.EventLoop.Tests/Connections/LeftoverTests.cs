using Duplex.EventLoop.Hosting;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Tests.Connections;

/// <summary>What connections leave behind: nothing.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class LeftoverTests
{
    private const int Connections = 10_000;
    private const int AtOnce = 64;

    private static readonly WebSocketConnectionOptions Options = new() { MaxMessageBytes = 256 * 1024, CloseTimeout = TimeSpan.FromSeconds(1) };

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Ten_thousand_connections_that_come_and_go_at_random_leave_nothing(EventLoopBackEnd kind)
    {
        var handler = new CountingHandler();
        await using var server = (await LoopServer.StartAsync(kind)).With("/echo", handler, Options);
        var sockets = Sockets();
        var next = 0;

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Increment(ref next) is var number && number <= Connections)
                {
                    try
                    {
                        await ComeAndGo(server, number);
                    }
                    catch (Exception exception) when (exception is System.Net.Sockets.SocketException or EndOfStreamException)
                    {
                        // Some of them provoke it.
                    }
                }
            },
            Limit.Token)));

        await server.Until(loop => loop.Load, 0);
        await server.Until(loop => loop.Segments.InUse, 0);
        await server.Until(loop => loop.BackEnd.SocketCount, 1);
        await server.Until(loop => loop.BackEnd.MissingReceiveBuffers, 0);
        await server.Until(loop => loop.TimerCount, 0);
        Assert.Equal(handler.Opened, handler.Ended);
        Assert.InRange(handler.Opened, Connections / 2, Connections);
        // Fewer, when a test before had not closed all of its own yet.
        Assert.InRange(Sockets(), 0, sockets);
    }

    private static async Task ComeAndGo(LoopServer server, int number)
    {
        var random = new Random(number);
        using var client = await RawClient.ConnectAsync(server.Address, random.Next(4) == 0 ? 16 * 1024 : null);
        if (random.Next(10) == 0) return;
        var request = RawClient.UpgradeRequest("/echo");
        if (random.Next(10) == 0)
        {
            await client.SendAsync(request[..random.Next(request.Length)]);
            if (random.Next(2) == 0) client.Reset();
            return;
        }

        await client.SendAsync(request);
        await client.ReadHeadAsync();
        for (var i = random.Next(4); i > 0; i--)
        {
            var payload = new byte[random.Next(5) == 0 ? 200_000 : random.Next(1000)];
            await client.SendFrameAsync(Opcode.Binary, payload);
            if (random.Next(3) > 0) await client.ReadFrameAsync();
        }

        switch (random.Next(6))
        {
            case 0:
                client.Reset();
                break;
            case 1:
                await client.SendFrameAsync(Opcode.Close, [0x03, 0xE8]);
                await client.ReadToEndAsync();
                break;
            case 2:
                await client.SendFrameAsync(Opcode.Close, []);
                break;
            case 3:
                // Half a message.
                await client.SendAsync(RawClient.Frame(Opcode.Binary, new byte[100])[..50]);
                break;
            case 4:
                // An unmasked frame.
                await client.SendAsync([0x82, 1, 42]);
                await client.ReadToEndAsync();
                break;
            default:
                await client.SendFrameAsync(Opcode.Text, "abort"u8);
                await client.ReadToEndAsync();
                break;
        }
    }

    private static int Sockets() =>
        Directory.GetFiles("/proc/self/fd").Count(path => new FileInfo(path).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);

    private sealed class CountingHandler : IWebSocketHandler
    {
        private int _opened;
        private int _ended;

        public int Opened => Volatile.Read(ref _opened);

        public int Ended => Volatile.Read(ref _ended);

        public void OnOpen(WebSocketConnection connection) => Interlocked.Increment(ref _opened);

        public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
        {
            if (message.Type == MessageType.Text) connection.Abort();
            else connection.Send(message.Payload, message.Type);
        }

        public void OnClosed(WebSocketConnection connection, in ConnectionEnd end) => Interlocked.Increment(ref _ended);
    }
}
