using System.Diagnostics.CodeAnalysis;
using Duplex.AspNetCore.Binding;
using Duplex.Messaging.Application;

namespace Duplex.AspNetCore.Application;

/// <summary>Adds handlers that concern clients as a whole. Parameters are bound as in <see cref="ChannelBuilder"/>.</summary>
public sealed class ClientsBuilder
{
    private readonly ApplicationModel _model;
    private readonly IServiceProvider _services;

    internal ClientsBuilder(ApplicationModel model, IServiceProvider services)
    {
        _model = model;
        _services = services;
    }

    /// <summary>
    /// Decides about connections; the payload is the connect command's data (make it nullable where clients may
    /// send none). Returns a <see cref="ConnectReply"/>, or nothing; throws
    /// <see cref="Messaging.Errors.ClientException"/> or <see cref="Messaging.Errors.DisconnectException"/> to refuse.
    /// A client that this handler lets in needs neither a token nor the anonymous option.
    /// </summary>
    [RequiresUnreferencedCode(ChannelBuilder.TrimWarning), RequiresDynamicCode(ChannelBuilder.TrimWarning)]
    public ClientsBuilder OnConnect(Delegate handler) => OnConnect(Bind(handler));

    /// <inheritdoc cref="OnConnect(Delegate)"/>
    public ClientsBuilder OnConnect(Handler handler)
    {
        _model.Connect = handler;
        return this;
    }

    /// <summary>Is told when a client that had connected has gone.</summary>
    [RequiresUnreferencedCode(ChannelBuilder.TrimWarning), RequiresDynamicCode(ChannelBuilder.TrimWarning)]
    public ClientsBuilder OnDisconnect(Delegate handler) => OnDisconnect(Bind(handler));

    /// <inheritdoc cref="OnDisconnect(Delegate)"/>
    public ClientsBuilder OnDisconnect(Handler handler)
    {
        _model.Disconnect = handler;
        return this;
    }

    /// <summary>Takes asynchronous messages of clients. Without it, a client that sends one is disconnected with 3508.</summary>
    [RequiresUnreferencedCode(ChannelBuilder.TrimWarning), RequiresDynamicCode(ChannelBuilder.TrimWarning)]
    public ClientsBuilder OnMessage(Delegate handler) => OnMessage(Bind(handler));

    /// <inheritdoc cref="OnMessage(Delegate)"/>
    public ClientsBuilder OnMessage(Handler handler)
    {
        _model.Message = handler;
        return this;
    }

    /// <summary>Renews connections that expire: returns the new expiry, or null to let the connection end.</summary>
    [RequiresUnreferencedCode(ChannelBuilder.TrimWarning), RequiresDynamicCode(ChannelBuilder.TrimWarning)]
    public ClientsBuilder OnRefresh(Delegate handler) => OnRefresh(Bind(handler));

    /// <inheritdoc cref="OnRefresh(Delegate)"/>
    public ClientsBuilder OnRefresh(Handler handler)
    {
        _model.Refresh = handler;
        return this;
    }

    [RequiresUnreferencedCode(ChannelBuilder.TrimWarning), RequiresDynamicCode(ChannelBuilder.TrimWarning)]
    private Handler Bind(Delegate handler) => HandlerBinder.For(_services).Bind(handler, HandlerKind.Decision);
}
