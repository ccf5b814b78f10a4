using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Loops;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;

namespace Duplex.EventLoop.Tests.Connections;

/// <summary>What a loop asks of the garbage collector: nothing for a message, little for a connection.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class AllocationTests
{
    // The measurement itself costs something.
    private const int MeasuringBytes = 1_000;

    private const int Rounds = 5;

    private static readonly WebSocketConnectionOptions Options = new()
    {
        MaxMessageBytes = 2 * 1024 * 1024,
        SendHighWaterBytes = 8 * 1024 * 1024,
        MaxQueuedBytes = 8 * 1024 * 1024,
    };

    public static TheoryData<EventLoopBackEnd, int, int> Echoes()
    {
        var data = new TheoryData<EventLoopBackEnd, int, int>();
        foreach (EventLoopBackEnd kind in BackEnds.All)
        {
            data.Add(kind, 32, 100);
            data.Add(kind, 64 * 1024, 4);
            data.Add(kind, 1024 * 1024, 1);
        }

        return data;
    }

    [Theory, MemberData(nameof(Echoes))]
    public async Task A_message_that_is_echoed_allocates_nothing(EventLoopBackEnd kind, int payload, int inFlight)
    {
        await using var server = (await StartAsync(kind)).With("/echo", new TestHandler(), Options);
        using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
        var frames = Enumerable.Range(0, inFlight).SelectMany(_ => RawClient.Frame(Opcode.Binary, new byte[payload])).ToArray();
        // A collection, which garbage of the client's would bring about, spoils the count.
        var answer = new byte[(FrameWriter.HeaderLength(payload) + payload) * inFlight];
        Assert.InRange(await AllocatedBy(server.Loops[0], Echo, 50), 0, MeasuringBytes);

        async Task Echo()
        {
            var reading = client.FillAsync(answer);
            await client.SendAsync(frames);
            await reading;
        }
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_prepared_message_for_many_connections_allocates_nothing(EventLoopBackEnd kind)
    {
        const int Members = 20;
        var prepared = PreparedMessage.Create(new byte[128], MessageType.Binary);
        var room = new List<WebSocketConnection>();
        var handler = new TestHandler((_, _) => room.ForEach(member => member.Send(prepared)), room.Add);
        await using var server = (await StartAsync(kind)).With("/fan", handler, Options);
        var clients = new List<RawClient>();
        for (var i = 0; i < Members; i++) clients.Add(await RawClient.UpgradeAsync(server.Address, "/fan"));

        Assert.InRange(await AllocatedBy(server.Loops[0], Publish, 50), 0, MeasuringBytes);
        clients.ForEach(client => client.Dispose());
        prepared.Release();

        async Task Publish()
        {
            await clients[0].SendFrameAsync(Opcode.Text, "to all"u8);
            foreach (var client in clients) await client.ReadAsync(prepared.Frame.Length);
        }
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_connection_allocates_what_it_lives_on_and_its_handshake_nothing(EventLoopBackEnd kind)
    {
        const int Connections = 200;
        // The connection, its protocol and its keep-alive, and a string that the test's own router makes.
        const int ConnectionBytes = 450;
        var handler = new TestHandler((_, _) => { });
        await using var server = (await StartAsync(kind)).With("/idle", handler, Options);
        var clients = new List<RawClient>();
        var allocated = await AllocatedBy(server.Loops[0], Connect, Connections);
        clients.ForEach(client => client.Dispose());
        Assert.InRange((allocated - MeasuringBytes) / Connections, 1, ConnectionBytes);

        async Task Connect() => clients.Add(await RawClient.UpgradeAsync(server.Address, "/idle"));
    }

    private static Task<LoopServer> StartAsync(EventLoopBackEnd kind) => LoopServer.StartAsync(kind, options: options => options.Loops = 1);

    /// <summary>
    /// Bytes that a loop allocates while something is done many times. Pools grow by what happens to be in use at
    /// once, so the least of several rounds counts: what each message allocates is in all of them.
    /// </summary>
    private static async Task<long> AllocatedBy(Loop loop, Func<Task> action, int times)
    {
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = await LoopServer.OnLoop(loop, GC.GetAllocatedBytesForCurrentThread);
            for (var i = 0; i < times; i++) await action();
            least = Math.Min(least, await LoopServer.OnLoop(loop, GC.GetAllocatedBytesForCurrentThread) - before);
        }

        return least;
    }
}
