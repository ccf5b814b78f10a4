using System.Net.Sockets;
using Duplex.EventLoop.Arrival;
using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Interop;
using Duplex.Protocol.Framing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.EventLoop.Tests.Failures;

/// <summary>
/// Each system call of the loops fails, in each way in which it may: the process lives, the connection concerned ends or
/// goes on, nothing is left behind, and no byte reaches another connection. Runs alone: the faults are the process's.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public sealed class SystemCallFailureTests
{
    private const int Clients = 8;
    private const int Messages = 60;

    public static TheoryData<EventLoopBackEnd, int, int> PassingFaults
    {
        get
        {
            var data = new TheoryData<EventLoopBackEnd, int, int>();
            foreach (var every in (int[])[3, 9])
            {
                foreach (var error in (int[])[Errno.Again, Errno.Busy, Errno.NoMemory, Errno.Interrupted, Errno.NoBufferSpace]) data.Add(EventLoopBackEnd.IoUring, error, every);
                foreach (var error in (int[])[Errno.Again, Errno.Interrupted]) data.Add(EventLoopBackEnd.Epoll, error, every);
            }

            return data;
        }
    }

    public static TheoryData<EventLoopBackEnd, string, int> ConnectionFaults
    {
        get
        {
            var data = new TheoryData<EventLoopBackEnd, string, int>();
            foreach (var error in (int[])[Errno.ConnectionReset, Errno.NoMemory, Errno.TimedOut, Errno.InputOutput])
            {
                data.Add(EventLoopBackEnd.IoUring, nameof(SystemCall.UringReceive), error);
                data.Add(EventLoopBackEnd.IoUring, nameof(SystemCall.UringSend), error);
                data.Add(EventLoopBackEnd.Epoll, nameof(SystemCall.Receive), error);
                data.Add(EventLoopBackEnd.Epoll, nameof(SystemCall.Send), error);
                data.Add(EventLoopBackEnd.Epoll, nameof(SystemCall.EpollControl), error);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(PassingFaults))]
    public async Task Every_byte_reaches_its_own_connection_though_the_kernel_is_short_of_memory(EventLoopBackEnd kind, int error, int every)
    {
        await using var server = await StartAsync(kind);
        await ExchangeAsync(server, new PassingFault(error, every, kind == EventLoopBackEnd.IoUring ? SystemCall.UringEnter : SystemCall.Receive));
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Every_byte_arrives_though_sends_and_submissions_are_taken_in_pieces(EventLoopBackEnd kind)
    {
        await using var server = await StartAsync(kind);
        await ExchangeAsync(server, new ShortCalls());
    }

    [Theory, MemberData(nameof(ConnectionFaults))]
    public async Task Connection_whose_calls_fail_ends_alone(EventLoopBackEnd kind, string call, int error)
    {
        await using var server = await StartAsync(kind);
        var handler = new TestHandler();
        server.With("/failing", handler);
        using var neighbour = await RawClient.UpgradeAsync(server.Address, "/echo");
        using (var client = await RawClient.UpgradeAsync(server.Address, "/failing"))
        {
            var connection = await handler.Opened();
            var fd = await FdAsync(server, client);
            var isSending = call is not (nameof(SystemCall.Receive) or nameof(SystemCall.UringReceive));
            using (new Injected(new ConnectionFault(Enum.Parse<SystemCall>(call), fd, error)))
            {
                if (call == nameof(SystemCall.UringReceive))
                {
                    // The receive that is armed goes on: another one is asked for.
                    connection.Shard.Post(() => connection.PauseReceiving());
                    await LoopServer.OnLoop(server.Loops[0], static () => 0);
                    connection.Shard.Post(() => connection.ResumeReceiving());
                }

                if (call == nameof(SystemCall.EpollControl)) connection.Shard.Post(() => connection.PauseReceiving());
                else await client.SendFrameAsync(Opcode.Text, "x"u8);
                await handler.Ended();
                await neighbour.SendFrameAsync(Opcode.Text, "neighbour"u8);
                Assert.Equal("neighbour"u8.ToArray(), (await neighbour.ReadFrameAsync()).Payload);
            }

            Assert.True(isSending || handler.EndCount == 0);
        }

        await AssertNothingIsLeftAsync(server, 1);
    }

    [Theory]
    [InlineData(EventLoopBackEnd.IoUring, nameof(SystemCall.UringPoll), Errno.NoMemory), InlineData(EventLoopBackEnd.IoUring, nameof(SystemCall.UringReceive), Errno.NoMemory)]
    [InlineData(EventLoopBackEnd.IoUring, nameof(SystemCall.Receive), Errno.ConnectionReset), InlineData(EventLoopBackEnd.Epoll, nameof(SystemCall.Receive), Errno.ConnectionReset)]
    [InlineData(EventLoopBackEnd.Epoll, nameof(SystemCall.EpollControl), Errno.NoMemory), InlineData(EventLoopBackEnd.IoUring, nameof(SystemCall.Send), Errno.ConnectionReset)]
    public async Task Arriving_connection_whose_calls_fail_leaves_nothing_behind(EventLoopBackEnd kind, string call, int error)
    {
        await using var server = await StartAsync(kind);
        using var neighbour = await RawClient.UpgradeAsync(server.Address, "/echo");
        var listening = await LoopServer.OnLoop(server.Loops[0], () => server.Loops[0].BackEnd.Fd(0));
        var known = await FdAsync(server, neighbour);
        using (new Injected(new OthersFault(Enum.Parse<SystemCall>(call), error, listening, known)))
        {
            for (var i = 0; i < 5; i++)
            {
                using var client = await RawClient.ConnectAsync(server.Address);
                try
                {
                    await client.SendAsync(RawClient.UpgradeRequest("/refuses"));
                    await client.ReadToEndAsync();
                }
                catch (SocketException)
                {
                    // A reset is an end as well.
                }
            }

            await neighbour.SendFrameAsync(Opcode.Text, "neighbour"u8);
            Assert.Equal("neighbour"u8.ToArray(), (await neighbour.ReadFrameAsync()).Payload);
        }

        await AssertNothingIsLeftAsync(server, 1);
        using var later = await RawClient.UpgradeAsync(server.Address, "/echo");
    }

    [Theory]
    [InlineData(EventLoopBackEnd.IoUring, Errno.ConnectionAborted, false), InlineData(EventLoopBackEnd.Epoll, Errno.ConnectionAborted, false)]
    [InlineData(EventLoopBackEnd.IoUring, Errno.Protocol, false), InlineData(EventLoopBackEnd.Epoll, Errno.Protocol, false)]
    [InlineData(EventLoopBackEnd.IoUring, Errno.TooManyFiles, true), InlineData(EventLoopBackEnd.Epoll, Errno.TooManyFiles, true)]
    [InlineData(EventLoopBackEnd.IoUring, Errno.NoMemory, true), InlineData(EventLoopBackEnd.Epoll, Errno.NoMemory, true)]
    public async Task Accepting_pauses_for_want_of_resources_and_for_nothing_else(EventLoopBackEnd kind, int error, bool pauses)
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(kind, time);
        var call = kind == EventLoopBackEnd.IoUring ? SystemCall.UringAccept : SystemCall.Accept;
        var fault = new FirstCallsFail(call, error, kind == EventLoopBackEnd.IoUring ? 1 : pauses ? 1 : 3);
        using (new Injected(fault))
        {
            // The accept that is armed goes on; the next one fails.
            if (kind == EventLoopBackEnd.IoUring)
            {
                var loop = server.Loops[0];
                await LoopServer.OnLoop(loop, () =>
                {
                    loop.BackEnd.Accept(0);
                    return 0;
                });
                await server.Until(_ => fault.Left, 0);
                await LoopServer.OnLoop(loop, static () => 0);
            }

            if (kind == EventLoopBackEnd.IoUring)
            {
                await server.Until(static loop => loop.TimerCount, pauses ? 1 : 0);
                return;
            }

            using var client = await RawClient.ConnectAsync(server.Address);
            await server.Until(_ => fault.Left, 0);
            if (pauses)
            {
                await server.Until(static loop => loop.TimerCount, 1);
                time.Advance(TimeSpan.FromSeconds(1.1));
            }

            await client.SendAsync(RawClient.UpgradeRequest("/echo"));
            Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(EventLoopBackEnd.IoUring, nameof(SystemCall.UringEnter)), InlineData(EventLoopBackEnd.Epoll, nameof(SystemCall.EpollWait))]
    public async Task Loop_whose_back_end_fails_for_good_ends_its_connections_and_stops_the_host(EventLoopBackEnd kind, string call)
    {
        await using var server = await StartAsync(kind);
        var handler = new TestHandler();
        server.With("/handled", handler);
        using var client = await RawClient.UpgradeAsync(server.Address, "/handled");
        using (new Injected(new FirstCallsFail(Enum.Parse<SystemCall>(call), Errno.InputOutput, 1)))
        {
            await client.SendFrameAsync(Opcode.Text, "x"u8);
            await handler.Ended();
            var reset = await Assert.ThrowsAsync<SocketException>(client.ReadToEndAsync);
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        }

        await server.Stopping.WaitAsync(Limit.Token);
        Assert.Contains(server.Logs.Texts, text => text.Contains("has lost its back end", StringComparison.Ordinal));
        await server.StopAsync();
    }

    private static async Task<LoopServer> StartAsync(EventLoopBackEnd kind, TimeProvider? time = null)
    {
        // An operation of a ring fails as a no-op with a result of our choice (IORING_NOP_INJECT_RESULT).
        Assert.SkipWhen(kind == EventLoopBackEnd.IoUring && Environment.OSVersion.Version < new Version(6, 10), "Failing operations of io_uring need Linux 6.10.");
        var server = await LoopServer.StartAsync(
            kind,
            builder =>
            {
                if (time is not null) builder.Services.AddSingleton(time);
            },
            options: options => options.Loops = 1);
        return server.With("/echo", new TestHandler()).With("/gathers", new Gathering()).With("/refuses", static _ => null);
    }

    private static async Task ExchangeAsync(LoopServer server, SystemCallFaults faults)
    {
        var clients = new List<RawClient>();
        for (var i = 0; i < Clients; i++) clients.Add(await RawClient.UpgradeAsync(server.Address, "/gathers"));
        using (new Injected(faults)) await Task.WhenAll(clients.Select(ExchangeAsync));
        await AssertNothingIsLeftAsync(server, Clients);
        clients.ForEach(static client => client.Dispose());
        await AssertNothingIsLeftAsync(server, 0);
    }

    /// <summary>Messages of which each is several pieces to send, with the client's number in every byte.</summary>
    private static async Task ExchangeAsync(RawClient client, int number)
    {
        var value = (byte)('a' + number);
        for (var i = 0; i < Messages; i++)
        {
            await client.SendFrameAsync(Opcode.Text, [value]);
            for (var piece = 0; piece < Gathering.Pieces; piece++)
            {
                var (_, payload) = await client.ReadFrameAsync();
                Assert.Equal(Gathering.LengthOf(piece), payload.Length);
                Assert.DoesNotContain(payload, b => b != value);
            }
        }
    }

    private static async Task AssertNothingIsLeftAsync(LoopServer server, int connections)
    {
        await server.Until(static loop => loop.Load, connections);
        await server.Until(static loop => loop.BackEnd.SocketCount, 1 + connections);
        await server.Until(static loop => loop.TimerCount, connections);
        await server.Until(static loop => loop.Segments.InUse, 0);
        await server.Until(static loop => loop.BackEnd.MissingReceiveBuffers, 0);
    }

    private static async Task<int> FdAsync(LoopServer server, RawClient client)
    {
        var port = ((System.Net.IPEndPoint)client.Socket.LocalEndPoint!).Port;
        var backEnd = server.Loops[0].BackEnd;
        return await LoopServer.OnLoop(server.Loops[0], () =>
        {
            for (var slot = 0; slot < 100; slot++)
            {
                try
                {
                    if (PeerAddress.Of(backEnd.Fd(slot))?.Port == port) return backEnd.Fd(slot);
                }
                catch (NullReferenceException)
                {
                    break;
                }
            }

            throw new InvalidOperationException("The connection is not there.");
        });
    }

    /// <summary>Puts faults in force.</summary>
    private sealed class Injected : IDisposable
    {
        public Injected(SystemCallFaults faults) => SystemCallFaults.Current = faults;

        public void Dispose() => SystemCallFaults.Current = null;
    }

    private sealed class PassingFault(int error, int every, SystemCall call) : SystemCallFaults
    {
        private int _calls;

        public override int Fail(SystemCall called, int fd) => called == call && Interlocked.Increment(ref _calls) % every == 0 ? error : 0;
    }

    private sealed class ShortCalls : SystemCallFaults
    {
        public override int Fail(SystemCall call, int fd) => 0;

        public override nint Shorten(SystemCall call, int fd, nint count) => call == SystemCall.UringEnter ? Math.Min(count, 1) : Math.Min(count, 100);
    }

    private sealed class ConnectionFault(SystemCall call, int socket, int error) : SystemCallFaults
    {
        public override int Fail(SystemCall called, int fd) => called == call && fd == socket ? error : 0;
    }

    private sealed class OthersFault(SystemCall call, int error, params int[] spared) : SystemCallFaults
    {
        public override int Fail(SystemCall called, int fd) => called == call && !spared.Contains(fd) ? error : 0;
    }

    private sealed class FirstCallsFail(SystemCall call, int error, int times) : SystemCallFaults
    {
        private int _left = times;

        public int Left => Math.Max(0, Volatile.Read(ref _left));

        public override int Fail(SystemCall called, int fd) => called == call && Interlocked.Decrement(ref _left) >= 0 ? error : 0;
    }
}
