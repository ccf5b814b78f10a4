using Duplex.Messaging.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.Messaging.Application;

/// <summary>The application's handlers. They are registered while the application is built; the model is read-only once the hub serves clients.</summary>
/// <param name="scopes">The factory of the scopes from which handlers resolve services; null: handlers have no services.</param>
internal sealed class ApplicationModel(IServiceScopeFactory? scopes = null)
{
    private const string Clients = "clients";

    // Ordered by how specific the patterns are, the most specific first.
    private readonly List<ChannelRoute> _channels = [];
    private readonly Dictionary<string, CallRoute> _calls = new(StringComparer.Ordinal);
    private CallRoute? _otherCalls;

    /// <summary>
    /// Decides about connections. When it allows, <see cref="Disconnect"/> is called exactly once for the client. When it denies
    /// or throws, <see cref="Disconnect"/> is not called.
    /// </summary>
    public Handler<ConnectDecision>? Connect { get; set => field = Registration.Once(field, value, "connect", Clients); }

    /// <summary>
    /// Called after a client has left: exactly once for each client that <see cref="Connect"/> allowed, and after it, even if
    /// the client never completed its connect (it may leave, exceed a limit, or reach a node that is stopping, in between). Without
    /// <see cref="Connect"/>, called for each client that connected.
    /// </summary>
    public Handler? Disconnect { get; set => field = Registration.Once(field, value, "disconnect", Clients); }

    /// <summary>Receives asynchronous messages of clients.</summary>
    public Handler? Message { get; set => field = Registration.Once(field, value, "message", Clients); }

    /// <summary>
    /// Renews connections that expire. When it throws or returns a temporary error, it is called again every 5 seconds until
    /// <see cref="HubOptions.ExpiredCloseDelay"/> is over.
    /// </summary>
    public Handler<RefreshDecision>? Refresh { get; set => field = Registration.Once(field, value, "refresh", Clients); }

    /// <summary>Handles the methods that have no handler of their own; null: such methods are not found.</summary>
    public Handler<object?>? OtherCalls
    {
        get => _otherCalls?.Handler;
        set
        {
            var handler = Registration.Once(OtherCalls, value, "fallback", "methods");
            _otherCalls = handler is null ? null : new CallRoute("", handler);
        }
    }

    /// <summary>Whether any method has a handler.</summary>
    public bool HasCalls => _calls.Count > 0 || _otherCalls is not null;

    /// <summary>Registers a method. The result of its handler is the reply's data: bytes, an object for JSON, null for none, or the reply's <see cref="Codes.ClientError"/>.</summary>
    /// <exception cref="ArgumentException">The name begins with <c>duplex.</c>, as those of the hub's own methods do.</exception>
    /// <exception cref="InvalidOperationException">The method is mapped already.</exception>
    public CallRoute AddCall(string method, Handler<object?> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        if (method.StartsWith(HubMethods.Prefix, StringComparison.Ordinal))
            throw new ArgumentException($"The method '{method}' has the prefix '{HubMethods.Prefix}' of the hub's own methods: choose another name.", nameof(method));
        ArgumentNullException.ThrowIfNull(handler);
        _calls.TryGetValue(method, out var present);
        return _calls[method] = new CallRoute(method, Registration.Once(present?.Handler, handler, "call", $"the method '{method}'")!);
    }

    /// <summary>
    /// Registers a channel pattern. When several patterns match a channel, the most specific one applies, regardless of
    /// the order of registration: part by part, text precedes a name, and longer text precedes shorter text that is its prefix,
    /// so <c>chat:lobby</c> precedes <c>chat:vip-{room}</c>, which precedes <c>chat:{room}</c>, which precedes <c>{channel}</c>.
    /// </summary>
    /// <exception cref="FormatException">The pattern is malformed.</exception>
    /// <exception cref="InvalidOperationException">A pattern that matches the same channels is registered already.</exception>
    public ChannelRoute AddChannel(string pattern)
    {
        var route = new ChannelRoute(ChannelPattern.Parse(pattern));
        if (_channels.Find(other => other.Pattern.IsSameAs(route.Pattern)) is { } same)
        {
            throw new InvalidOperationException(
                $"The channel patterns '{same.Pattern.Text}' and '{pattern}' match the same channels: map one of them, and add all handlers to it.");
        }

        var after = _channels.FindIndex(other => route.Pattern.CompareTo(other.Pattern) < 0);
        _channels.Insert(after < 0 ? _channels.Count : after, route);
        return route;
    }

    internal IServiceScopeFactory? Scopes => scopes;

    /// <summary>Whether commands for any channel or method are authorized.</summary>
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
