using Microsoft.Extensions.DependencyInjection;

namespace Duplex.Messaging.Application;

/// <summary>The application's handlers. Filled while the application is built; read-only once the hub serves clients.</summary>
/// <param name="scopes">Where handlers get services from; null: they get none.</param>
public sealed class ApplicationModel(IServiceScopeFactory? scopes = null)
{
    private const string Clients = "clients";

    // The most specific pattern first.
    private readonly List<ChannelRoute> _channels = [];
    private readonly Dictionary<string, CallRoute> _calls = new(StringComparer.Ordinal);
    private CallRoute? _otherCalls;

    /// <summary>
    /// Decides about connections. When it allows, <see cref="Disconnect"/> is called exactly once for the client. When it denies
    /// or throws, it is not.
    /// </summary>
    public Handler<ConnectDecision>? Connect { get; set => field = Registration.Once(field, value, "connect", Clients); }

    /// <summary>
    /// Is called when a client has gone: exactly once, and after <see cref="Connect"/>, for each client that it let in, whether
    /// the client came to connect or not (it may go, be refused for a limit, or meet a node that stops, in between). Without
    /// <see cref="Connect"/>, for each client that connected.
    /// </summary>
    public Handler? Disconnect { get; set => field = Registration.Once(field, value, "disconnect", Clients); }

    /// <summary>Receives asynchronous messages of clients.</summary>
    public Handler? Message { get; set => field = Registration.Once(field, value, "message", Clients); }

    /// <summary>
    /// Renews connections that expire. When it throws or its error is temporary, it is called again every 5 seconds until
    /// <see cref="HubOptions.ExpiredCloseDelay"/> is over.
    /// </summary>
    public Handler<RefreshDecision>? Refresh { get; set => field = Registration.Once(field, value, "refresh", Clients); }

    /// <summary>Handles the methods that have no handler of their own; null: they are not found.</summary>
    public Handler<object?>? OtherCalls
    {
        get => _otherCalls?.Handler;
        set
        {
            var handler = Registration.Once(OtherCalls, value, "fallback", "methods");
            _otherCalls = handler is null ? null : new CallRoute("", handler);
        }
    }

    /// <summary>Whether any method can be called.</summary>
    public bool HasCalls => _calls.Count > 0 || _otherCalls is not null;

    /// <summary>Adds a method. Its result is the reply's data: bytes, an object for JSON, null for none, or the reply's <see cref="Codes.ClientError"/>.</summary>
    /// <exception cref="InvalidOperationException">The method is mapped already.</exception>
    public CallRoute AddCall(string method, Handler<object?> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        ArgumentNullException.ThrowIfNull(handler);
        _calls.TryGetValue(method, out var present);
        return _calls[method] = new CallRoute(method, Registration.Once(present?.Handler, handler, "call", $"the method '{method}'")!);
    }

    /// <summary>
    /// Adds the handlers of a pattern's channels. Where several patterns fit a channel, the most specific one counts, whatever
    /// their order of registration: part by part, text goes before a name, and longer text before shorter text that begins
    /// it, so <c>chat:lobby</c> goes before <c>chat:vip-{room}</c>, that before <c>chat:{room}</c>, and that before <c>{channel}</c>.
    /// </summary>
    /// <exception cref="FormatException">The pattern is malformed.</exception>
    /// <exception cref="InvalidOperationException">A pattern that fits the same channels is mapped already.</exception>
    public ChannelRoute AddChannel(string pattern)
    {
        var route = new ChannelRoute(ChannelPattern.Parse(pattern));
        if (_channels.Find(other => other.Pattern.IsSameAs(route.Pattern)) is { } same)
        {
            throw new InvalidOperationException(
                $"The channel patterns '{same.Pattern.Text}' and '{pattern}' fit the same channels: map one of them, and add all handlers to it.");
        }

        var after = _channels.FindIndex(other => route.Pattern.CompareTo(other.Pattern) < 0);
        _channels.Insert(after < 0 ? _channels.Count : after, route);
        return route;
    }

    internal IServiceScopeFactory? Scopes => scopes;

    /// <summary>Whether commands about any channel or method are checked.</summary>
    internal bool HasChecks => _channels.Exists(static route => route.Authorize is not null) || _calls.Values.Any(static route => route.Authorize is not null);

    internal CallRoute? FindCall(string method) => _calls.TryGetValue(method, out var route) ? route : _otherCalls;

    internal ChannelRoute? FindChannel(string channel, out ChannelValues values)
    {
        foreach (var route in _channels)
        {
            if (route.Pattern.TryMatch(channel, out values)) return route;
        }

        values = default;
        return null;
    }
}
