using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Loops;
using Duplex.Protocol.Framing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.EventLoop.Tests.Loops;

/// <summary>Handlers that hold their loop, on a clock that tests move.</summary>
public sealed class WatchdogTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly FakeTimeProvider _time = new();
    private readonly SemaphoreSlim _entered = new(0);
    private readonly SemaphoreSlim _released = new(0);
    private readonly CancellationTokenSource _ended = new();

    public void Dispose()
    {
        _entered.Dispose();
        _released.Dispose();
        _ended.Dispose();
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task A_handler_that_holds_its_loop_for_longer_than_50_ms_is_mentioned_once(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.UpgradeAsync(server.Address, "/held");
        // A test that fails leaves nothing that the server would wait for.
        await using var end = new Releasing(_ended);
        for (var time = 1; time <= 2; time++)
        {
            await client.SendFrameAsync(Opcode.Text, "x"u8);
            await _entered.WaitAsync(Limit.Token);
            // It may have begun just before the first look, and at the second it has lasted from look to look.
            _time.Advance(Patience);
            Assert.Equal(time - 1, Mentions(server));
            _time.Advance(Patience);
            Assert.Equal(time, Mentions(server));
            for (var i = 0; i < 10; i++) _time.Advance(Patience);
            Assert.Equal(time, Mentions(server));

            _released.Release();
            await client.ReadFrameAsync();
            await server.Until(_ => 0, 0);
        }
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Handlers_that_are_quick_are_not_mentioned_however_many_run(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind);
        using var client = await RawClient.UpgradeAsync(server.Address, "/held");
        // A test that fails leaves nothing that the server would wait for.
        await using var end = new Releasing(_ended);
        for (var i = 0; i < 20; i++)
        {
            await client.SendFrameAsync(Opcode.Text, "x"u8);
            await _entered.WaitAsync(Limit.Token);
            _time.Advance(Patience);
            _released.Release();
            await client.ReadFrameAsync();
        }

        for (var i = 0; i < 10; i++)
        {
            // The answer leaves before the turn that sent it is over, and a clock that moves wakes the loops.
            while (server.Loops.Any(loop => loop.IsBusy))
            {
                await Task.Yield();
                Limit.Token.ThrowIfCancellationRequested();
            }

            _time.Advance(Patience);
        }

        Assert.Equal(0, Mentions(server));
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task What_holds_a_loop_that_has_just_begun_to_work_is_not_mentioned(EventLoopBackEnd kind)
    {
        await using var server = await Start(kind, isWarm: false);
        using var client = await RawClient.UpgradeAsync(server.Address, "/held");
        await using var end = new Releasing(_ended);
        await client.SendFrameAsync(Opcode.Text, "x"u8);
        await _entered.WaitAsync(Limit.Token);
        for (var i = 0; i < 10; i++) _time.Advance(Patience);

        Assert.Equal(0, Mentions(server));
        _released.Release();
    }

    private static int Mentions(LoopServer server) =>
        server.Logs.Texts.Count(text => text.Contains("has held loop", StringComparison.Ordinal));

    private async Task<LoopServer> Start(EventLoopBackEnd kind, bool isWarm = true)
    {
        var server = await LoopServer.StartAsync(kind, builder => builder.Services.AddSingleton<TimeProvider>(_time));
        while (isWarm && server.Loops.Any(static loop => loop.Steps <= Watchdog.WarmUpSteps)) await server.Until(static _ => 0, 0);
        return server.With("/held", new TestHandler((connection, message) =>
        {
            _entered.Release();
            _released.Wait(_ended.Token);
            connection.Send(message.Payload, message.Type);
        }));
    }

    private sealed class Releasing(CancellationTokenSource source) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await source.CancelAsync();
    }
}
