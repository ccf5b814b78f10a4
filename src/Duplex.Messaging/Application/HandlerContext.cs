using Duplex.Messaging.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.Messaging.Application;

/// <summary>The argument of a handler. It is valid for one call and must not be used after it.</summary>
public sealed class HandlerContext
{
    private AsyncServiceScope? _scope;
    private CancellationTokenSource? _end;
    private bool _isOver;

    /// <summary>The client of the call; one without id and user when the server itself calls a method.</summary>
    public required ClientContext Client { get; init; }

    /// <summary>The channel, or the method of a call; empty for connect and disconnect.</summary>
    public string Target { get; init; } = "";

    /// <summary>The values of the names in the channel's pattern.</summary>
    public ChannelValues Values { get; init; }

    /// <summary>The payload; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The key of the map entry that is published or removed; null when there is none.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Cancelled when the client has left, when the host stops, and when the time limit of handlers is over
    /// (<see cref="HubOptions.HandlerTimeout"/>). For handlers that follow from a client's leaving, leave and disconnect, only the
    /// time limit cancels it.
    /// </summary>
    public CancellationToken CancellationToken
    {
        get
        {
            var end = Volatile.Read(ref _end);
            if (end is not null) return end.Token;
            var made = FollowsDeparture ? new CancellationTokenSource() : CancellationTokenSource.CreateLinkedTokenSource(Client.Disconnected, Stopping);
            end = Interlocked.CompareExchange(ref _end, made, null);
            if (end is not null)
            {
                made.Dispose();
                return end.Token;
            }

            // Either the end of the call finds the source, or the source finds that the call has ended.
            if (Volatile.Read(ref _isOver)) made.Cancel();
            return made.Token;
        }
    }

    /// <summary>The application's services, in a scope of this call that is created on first use.</summary>
    /// <exception cref="InvalidOperationException">The hub was created without services.</exception>
    public IServiceProvider Services
    {
        get
        {
            _scope ??= Scopes?.CreateAsyncScope() ?? throw new InvalidOperationException("The hub was created without services.");
            return _scope.Value.ServiceProvider;
        }
    }

    /// <summary>The kind of the handler, for metrics and activities.</summary>
    internal string Type { get; init; } = "other";

    internal IServiceScopeFactory? Scopes { get; set; }

    /// <summary>Cancelled when the hub stops.</summary>
    internal CancellationToken Stopping { get; set; }

    /// <summary>Whether the call has created anything that must be disposed.</summary>
    internal bool HasResources => _scope is not null || _end is not null;

    private bool FollowsDeparture => Type is "leave" or "disconnect";

    /// <summary>Cancels the token because the time limit of the call is over.</summary>
    internal Task CancelAsync()
    {
        Volatile.Write(ref _isOver, true);
        return Volatile.Read(ref _end)?.CancelAsync() ?? Task.CompletedTask;
    }

    /// <summary>Disposes the services and unlinks the token from the client's after the handler has returned.</summary>
    internal ValueTask EndAsync()
    {
        _end?.Dispose();
        return _scope?.DisposeAsync() ?? default;
    }
}
