using Duplex.EventLoop.Connections;
using Duplex.EventLoop.Loops;
using Duplex.Execution;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.EventLoop.Tests.Loops;

/// <summary>What a turn costs in system calls, counted by a kernel that the test plays.</summary>
public sealed class TurnTests : IAsyncDisposable
{
    private readonly ScriptedBackEnd _kernel = new();
    private readonly Loop _loop;

    public TurnTests() => _loop = new Loop(0, () => _kernel, TimeProvider.System, NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        _kernel.HoldsWakes = false;
        _kernel.Give(static () => { });
        await _loop.StopAsync();
    }

    [Fact]
    public async Task A_batch_of_work_wakes_a_waiting_loop_once()
    {
        await _loop.StartAsync();
        await _kernel.Waits();
        _kernel.HoldsWakes = true;
        var ran = 0;
        for (var i = 0; i < 1000; i++) _loop.Post(new Work(() => ran++));
        Assert.Equal(1, _kernel.Wakes);

        _kernel.Give(static () => { });
        await _kernel.Waits();

        Assert.Equal(1000, ran);
        Assert.Equal(1, _kernel.Wakes);
    }

    [Fact]
    public async Task Work_for_a_loop_that_is_awake_wakes_nobody()
    {
        await _loop.StartAsync();
        await _kernel.Waits();
        var ran = 0;
        // The kernel tells of bytes, and while the application looks at them others post.
        _kernel.Give(() =>
        {
            _loop.Step();
            var other = new Thread(() =>
            {
                for (var i = 0; i < 1000; i++) _loop.Post(new Work(() => ran++));
            });
            other.Start();
            other.Join();
        });
        await _kernel.Waits();

        Assert.Equal(1000, ran);
        Assert.Equal(0, _kernel.Wakes);
    }

    [Fact]
    public async Task Everything_a_connection_sends_in_a_turn_leaves_in_one_send()
    {
        await _loop.StartAsync();
        await _kernel.Waits();
        LoopConnection? connection = null;
        var shared = PreparedMessage.Create(new byte[5_000], MessageType.Binary);
        _kernel.Give(() =>
        {
            var slot = _kernel.Add(-1, new Nobody());
            connection = new LoopConnection(slot, new ConnectionSetup
            {
                Shard = _loop,
                Handler = new TestHandler(),
                Options = WebSocketConnectionOptions.Default,
                Logger = NullLogger.Instance,
            });
            _kernel.Attach(slot, connection);
            connection.Open("response"u8);
        });
        await _kernel.Waits();

        // Two receives of one turn, three messages; and a broadcast, large and small, that was posted meanwhile.
        _loop.Post(new Work(() =>
        {
            connection!.Send(shared);
            connection.Send("x"u8, MessageType.Text);
        }));
        _kernel.Give(() =>
        {
            connection!.OnReceived(RawClient.Frame(Opcode.Text, "a"u8));
            connection.OnReceived([.. RawClient.Frame(Opcode.Text, "b"u8), .. RawClient.Frame(Opcode.Text, "c"u8)]);
        });
        await _kernel.Waits();
        if (_kernel.Sends.Count == 1) await _kernel.Waits();

        Assert.Equal(["response"u8.Length, _kernel.Sends.Skip(1).Sum()], _kernel.Sends);
        Assert.Equal(3 * 3 + 5_004 + 3, _kernel.Sends[1]);
        shared.Release();
    }

    private sealed class Nobody : EventLoop.Transport.ISocketEvents
    {
        public void OnFailed() { }
    }

    private sealed class Work(Action action) : IShardWork
    {
        public void Run() => action();
    }
}
