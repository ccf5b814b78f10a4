using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Duplex.EventLoop.Hosting;

/// <summary>A listener that accepts the next connection only when a slot is free; a connection occupies one until it is closed.</summary>
internal sealed class BoundedListener(IConnectionListener listener, SemaphoreSlim slots) : IConnectionListener
{
    private readonly CancellationTokenSource _unbound = new();

    public EndPoint EndPoint => listener.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await slots.WaitAsync(_unbound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        ConnectionContext? connection = null;
        try
        {
            connection = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (connection is null) slots.Release();
        }

        connection?.ConnectionClosed.UnsafeRegister(static slots => ((SemaphoreSlim)slots!).Release(), slots);
        return connection;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync().ConfigureAwait(false);
        await listener.UnbindAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync().ConfigureAwait(false);
        _unbound.Dispose();
    }
}
