using Duplex.Messaging.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.Messaging.Application;

/// <summary>What a handler is called with. For one call, and not after it.</summary>
public sealed class HandlerContext
{
    private AsyncServiceScope? _scope;
    private CancellationTokenSource? _end;
    private bool _isOver;

    /// <summary>The client it is about; one without id and user where the server itself calls a method.</summary>
    public required ClientContext Client { get; init; }

    /// <summary>The channel, or the method of a call; empty for connect and disconnect.</summary>
    public string Target { get; init; } = "";

    /// <summary>The parts of the channel's name by their names in the pattern.</summary>
    public ChannelValues Values { get; init; }

    /// <summary>The payload; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The entry of a map that is to be published or removed; null where there is none.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Is cancelled when the client has gone, when the host stops, and when the time limit of handlers is over
    /// (<see cref="HubOptions.HandlerTimeout"/>). Handlers of what follows from a client's going, a leave and a disconnect, have
    /// the time limit alone.
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

    /// <summary>The application's services, in a scope of this call that is made when first asked for.</summary>
    /// <exception cref="InvalidOperationException">The hub was made without services.</exception>
    public IServiceProvider Services
    {
        get
        {
            _scope ??= Scopes?.CreateAsyncScope() ?? throw new InvalidOperationException("This hub was made without services.");
            return _scope.Value.ServiceProvider;
        }
    }

    /// <summary>The kind of the handler, for metrics and activities.</summary>
    internal string Type { get; init; } = "other";

    internal IServiceScopeFactory? Scopes { get; set; }

    /// <summary>Is cancelled when the hub stops.</summary>
    internal CancellationToken Stopping { get; set; }

    /// <summary>Whether the call has made something that must be disposed.</summary>
    internal bool HasResources => _scope is not null || _end is not null;

    private bool FollowsDeparture => Type is "leave" or "disconnect";

    /// <summary>Cancels the token because the time of the call is over.</summary>
    internal Task CancelAsync()
    {
        Volatile.Write(ref _isOver, true);
        return Volatile.Read(ref _end)?.CancelAsync() ?? Task.CompletedTask;
    }

    /// <summary>The handler has returned: its services are disposed, and its token is no longer linked to the client's.</summary>
    internal ValueTask EndAsync()
    {
        _end?.Dispose();
        return _scope?.DisposeAsync() ?? default;
    }
}
