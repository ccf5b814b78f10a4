using System.Diagnostics.CodeAnalysis;
using Duplex.AspNetCore.Binding;
using Duplex.Messaging.Application;

namespace Duplex.AspNetCore.Application;

/// <summary>Adds handlers that concern clients as a whole. Parameters are bound as in <see cref="ChannelBuilder"/>.</summary>
public sealed class ClientsBuilder
{
    private readonly ApplicationModel _model;
    private readonly HandlerBinder _binder;

    internal ClientsBuilder(ApplicationModel model, HandlerBinder binder)
    {
        _model = model;
        _binder = binder;
    }

    /// <summary>
    /// Decides about connections; the payload is the connect command's data (make it nullable where clients may
    /// send none). Returns a <see cref="ConnectReply"/>, or nothing; throws
    /// <see cref="Messaging.Errors.ClientException"/> or <see cref="Messaging.Errors.DisconnectException"/> to refuse.
    /// A client that this handler lets in needs neither a token nor the anonymous option, and <see cref="OnDisconnect(Delegate)"/>
    /// is called exactly once for it. A handler that throws has let nobody in, and undoes by itself what it had begun.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ClientsBuilder OnConnect(Delegate handler) => OnConnect(Bind(handler));

    /// <inheritdoc cref="OnConnect(Delegate)"/>
    /// <typeparam name="TData">What the client's data is read as; null where it sent none.</typeparam>
    public ClientsBuilder OnConnect<TData>(Func<TData?, HandlerContext, ValueTask<ConnectReply?>> handler) =>
        OnConnect(_binder.Bind(handler, HandlerKind.Decision, isOptional: true));

    /// <inheritdoc cref="OnConnect(Delegate)"/>
    public ClientsBuilder OnConnect(Handler handler) => With(_model.Connect = handler);

    /// <summary>
    /// Is told that a client has gone: exactly once for each client that <see cref="OnConnect(Delegate)"/> let in, whether it came
    /// to connect or not; without such a handler, for each client that connected.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ClientsBuilder OnDisconnect(Delegate handler) => OnDisconnect(Bind(handler));

    /// <inheritdoc cref="OnDisconnect(Delegate)"/>
    public ClientsBuilder OnDisconnect(Handler handler) => With(_model.Disconnect = handler);

    /// <summary>Takes asynchronous messages of clients. Without it, a client that sends one is disconnected with 3508.</summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ClientsBuilder OnMessage(Delegate handler) => OnMessage(Bind(handler));

    /// <inheritdoc cref="OnMessage(Delegate)"/>
    /// <typeparam name="TMessage">What the message is read as.</typeparam>
    /// <typeparam name="TResult">Not looked at.</typeparam>
    public ClientsBuilder OnMessage<TMessage, TResult>(Func<TMessage, HandlerContext, ValueTask<TResult>> handler) =>
        OnMessage(_binder.Bind(handler, HandlerKind.Decision));

    /// <inheritdoc cref="OnMessage(Delegate)"/>
    public ClientsBuilder OnMessage(Handler handler) => With(_model.Message = handler);

    /// <summary>Renews connections that expire: returns the new expiry, <see cref="RefreshReply"/> with more, or null to let the connection end.</summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ClientsBuilder OnRefresh(Delegate handler) => OnRefresh(Bind(handler));

    /// <inheritdoc cref="OnRefresh(Delegate)"/>
    public ClientsBuilder OnRefresh(Handler handler) => With(_model.Refresh = handler);

    // Each registration is an assignment whose value nobody needs.
    private ClientsBuilder With(object? _) => this;

    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    private Handler Bind(Delegate handler) => _binder.Bind(handler, HandlerKind.Decision);
}
