using System.Net;
using Duplex.EventLoop.Hosting;
using Microsoft.AspNetCore.Connections;

namespace Duplex.EventLoop.Tests.Hosting;

public sealed class BoundedListenerTests
{
    [Fact]
    public async Task Listener_accepts_the_next_connection_when_an_earlier_one_has_closed()
    {
        using var slots = new SemaphoreSlim(1);
        var inner = new Inner();
        await using var listener = new BoundedListener(inner, slots);
        var first = await listener.AcceptAsync(TestContext.Current.CancellationToken);

        var second = listener.AcceptAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, inner.Accepted);

        ((Connection)first!).Close();
        Assert.NotNull(await second);
        Assert.Equal(2, inner.Accepted);
    }

    [Fact]
    public async Task Listener_that_waits_for_a_slot_ends_when_it_is_unbound()
    {
        using var slots = new SemaphoreSlim(0);
        await using var listener = new BoundedListener(new Inner(), slots);
        var waiting = listener.AcceptAsync(TestContext.Current.CancellationToken);
        await listener.UnbindAsync(TestContext.Current.CancellationToken);
        Assert.Null(await waiting);
    }

    private sealed class Inner : IConnectionListener
    {
        public int Accepted { get; private set; }

        public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 1);

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            Accepted++;
            return ValueTask.FromResult<ConnectionContext?>(new Connection());
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Connection : DefaultConnectionContext
    {
        private readonly CancellationTokenSource _closed = new();

        public Connection() => ConnectionClosed = _closed.Token;

        public void Close() => _closed.Cancel();
    }
}
