using System.Diagnostics.CodeAnalysis;
using Duplex.AspNetCore.Application;
using Duplex.AspNetCore.Binding;
using Duplex.Messaging.Application;
using Duplex.Messaging.Polling;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>
/// Represents the hub that <see cref="DuplexEndpointRouteBuilderExtensions.MapDuplex"/> mapped. Conventions, such as
/// <c>RequireAuthorization</c>, <c>RequireCors</c>, <c>RequireRateLimiting</c>, <c>RequireHost</c> and <c>WithMetadata</c>,
/// apply to all client endpoints. The handlers of connections, channels and methods are also registered here; they
/// belong to the hub and not to a route, so route groups do not apply to them.
/// </summary>
/// <remarks>Parameters of handlers are bound as <see cref="ChannelBuilder"/> describes.</remarks>
public sealed class DuplexEndpointConventionBuilder : IEndpointConventionBuilder
{
    private readonly IEndpointConventionBuilder _endpoints;
    private readonly ApplicationModel _model;
    private readonly HandlerBinder _binder;

    internal DuplexEndpointConventionBuilder(RouteGroupBuilder endpoints, ApplicationModel model, HandlerBinder binder)
    {
        _endpoints = endpoints;
        ServiceProvider = ((IEndpointRouteBuilder)endpoints).ServiceProvider;
        _model = model;
        _binder = binder;
    }

    /// <summary>The application's services.</summary>
    public IServiceProvider ServiceProvider { get; }

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => _endpoints.Add(convention);

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention) => _endpoints.Finally(finallyConvention);

    /// <summary>
    /// Sets the handler that authorizes connections; the payload is the connect command's data (declare it nullable if clients
    /// may send none). It returns a <see cref="ConnectDecision"/> or a bool. A client that this handler allows needs neither a
    /// token nor the anonymous option, and <see cref="OnDisconnect(Delegate)"/> is called exactly once for it. It is not called
    /// after a handler that denied or threw, which must release its own resources. Without this handler, a client needs a token,
    /// a user of its request, or <see cref="Duplex.Messaging.HubOptions.AllowAnonymous"/>.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public DuplexEndpointConventionBuilder OnConnect(Delegate handler) => OnConnect(_binder.BindDecision(handler, ConnectDecision.FromBoolean));

    /// <inheritdoc cref="OnConnect(Delegate)"/>
    /// <typeparam name="TData">The type of the client's data; null if the client sent none.</typeparam>
    public DuplexEndpointConventionBuilder OnConnect<TData>(Func<TData?, HandlerContext, ValueTask<ConnectDecision>> handler) =>
        OnConnect(_binder.BindDecision(handler, isOptional: true));

    /// <inheritdoc cref="OnConnect(Delegate)"/>
    public DuplexEndpointConventionBuilder OnConnect(Handler<ConnectDecision> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _model.Connect = handler;
        return this;
    }

    /// <summary>
    /// Sets the handler that runs when a client has disconnected: exactly once for each client that
    /// <see cref="OnConnect(Delegate)"/> allowed, even if the client did not complete its connect; without such a handler, for each
    /// client that connected.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public DuplexEndpointConventionBuilder OnDisconnect(Delegate handler) => OnDisconnect(_binder.Bind(handler));

    /// <inheritdoc cref="OnDisconnect(Delegate)"/>
    public DuplexEndpointConventionBuilder OnDisconnect(Handler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _model.Disconnect = handler;
        return this;
    }

    /// <summary>
    /// Sets the handler of asynchronous messages of clients. Without it, a client that sends one is disconnected with 3508.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public DuplexEndpointConventionBuilder OnMessage(Delegate handler) => OnMessage(_binder.Bind(handler));

    /// <inheritdoc cref="OnMessage(Delegate)"/>
    /// <typeparam name="TMessage">The type of the message.</typeparam>
    public DuplexEndpointConventionBuilder OnMessage<TMessage>(Func<TMessage, HandlerContext, ValueTask> handler) => OnMessage(_binder.Bind(handler));

    /// <inheritdoc cref="OnMessage(Delegate)"/>
    public DuplexEndpointConventionBuilder OnMessage(Handler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _model.Message = handler;
        return this;
    }

    /// <summary>
    /// Sets the handler that renews connections that expire. It returns a <see cref="RefreshDecision"/>; a denial ends the
    /// connection.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public DuplexEndpointConventionBuilder OnRefresh(Delegate handler) => OnRefresh(_binder.BindDecision<RefreshDecision>(handler));

    /// <inheritdoc cref="OnRefresh(Delegate)"/>
    public DuplexEndpointConventionBuilder OnRefresh(Handler<RefreshDecision> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _model.Refresh = handler;
        return this;
    }

    /// <summary>
    /// Maps handlers to the channels of a pattern such as <c>chat:{room}</c>. If several patterns match a channel, the most
    /// specific one applies, in whatever order they are mapped: <c>chat:lobby</c> before <c>chat:{room}</c>.
    /// </summary>
    /// <exception cref="FormatException">The pattern is malformed.</exception>
    /// <exception cref="InvalidOperationException">A pattern that matches the same channels is already mapped.</exception>
    public ChannelBuilder MapChannel(string pattern) => new(_model.AddChannel(pattern), _binder, ServiceProvider);

    /// <summary>
    /// Maps the handler that returns the values of tracked keys in the channels of a pattern, whose namespace has the type
    /// SharedPoll. The result adds further handlers to these channels.
    /// </summary>
    public ChannelBuilder MapSharedPoll(string pattern, PollHandler handler) => MapChannel(pattern).OnPoll(handler);

    /// <summary>
    /// Maps a method that clients call. The handler's result is the data of the reply; a
    /// <see cref="Duplex.Messaging.Errors.ClientException"/> is its error.
    /// </summary>
    /// <exception cref="InvalidOperationException">The method is already mapped.</exception>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public RpcBuilder MapRpc(string method, Delegate handler) => MapRpc(method, _binder.BindCall(handler));

    /// <summary>Maps a method that clients call, without reflection, for applications that are compiled ahead of time.</summary>
    /// <typeparam name="TRequest">The type of the call's data.</typeparam>
    /// <typeparam name="TResult">The type of the reply's data.</typeparam>
    /// <exception cref="InvalidOperationException">The method is already mapped.</exception>
    public RpcBuilder MapRpc<TRequest, TResult>(string method, Func<TRequest, HandlerContext, ValueTask<TResult>> handler) =>
        MapRpc(method, _binder.BindCall(handler));

    /// <summary>Maps a method that clients call. Its result is bytes, an object to serialize as JSON, or null for no data.</summary>
    /// <exception cref="InvalidOperationException">The method is already mapped.</exception>
    public RpcBuilder MapRpc(string method, Handler<object?> handler) => new(_model.AddCall(method, handler), ServiceProvider);
}
