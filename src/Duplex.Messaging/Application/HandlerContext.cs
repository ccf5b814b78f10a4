using Duplex.Messaging.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.Messaging.Application;

/// <summary>What a handler is called with. For one call, and not after it.</summary>
public sealed class HandlerContext
{
    private AsyncServiceScope? _scope;

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

    /// <summary>Is cancelled when the client has gone.</summary>
    public CancellationToken CancellationToken => Client.Disconnected;

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

    internal bool HasScope => _scope is not null;

    internal ValueTask EndScopeAsync() => _scope?.DisposeAsync() ?? default;
}
