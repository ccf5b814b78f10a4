using System.Diagnostics.CodeAnalysis;
using Duplex.AspNetCore.Binding;
using Duplex.Messaging.Application;

namespace Duplex.AspNetCore.Application;

/// <summary>
/// Adds handlers to the channels of a pattern. A handler's parameters are bound by what they are: the client
/// (<see cref="Messaging.Clients.ClientContext"/>), a <see cref="CancellationToken"/>, a part of the channel's name
/// by its name in the pattern (string, integer, Guid), a registered service, and one other type from the payload.
/// It returns its result, a Task or ValueTask of it, or nothing.
/// </summary>
/// <remarks>
/// Handlers run on the client's shard until they first wait, so they must not block. They throw
/// <see cref="Messaging.Errors.ClientException"/> to answer with an error of their own.
/// </remarks>
public sealed class ChannelBuilder
{
    internal const string TrimWarning = "Handlers are bound by reflection over their parameters; use the overload that takes a Handler when trimming.";

    private readonly ChannelRoute _route;
    private readonly IServiceProvider _services;

    internal ChannelBuilder(ChannelRoute route, IServiceProvider services)
    {
        _route = route;
        _services = services;
    }

    /// <summary>
    /// Decides about subscriptions: false refuses (error 103), true or nothing grants, a
    /// <see cref="SubscribeReply"/> grants with more, any other value is sent as the reply's data.
    /// </summary>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public ChannelBuilder OnSubscribe(Delegate handler) => OnSubscribe(Bind(handler));

    /// <inheritdoc cref="OnSubscribe(Delegate)"/>
    public ChannelBuilder OnSubscribe(Handler handler)
    {
        _route.Subscribe = handler;
        return this;
    }

    /// <summary>
    /// Decides about publications of clients: false refuses (error 103), true or nothing publishes what the client
    /// sent, any other value is published in its place.
    /// </summary>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public ChannelBuilder OnPublish(Delegate handler) => OnPublish(Bind(handler));

    /// <inheritdoc cref="OnPublish(Delegate)"/>
    public ChannelBuilder OnPublish(Handler handler)
    {
        _route.Publish = handler;
        return this;
    }

    /// <summary>Is told when a client has left the channel, by itself, by the server or by losing its connection.</summary>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public ChannelBuilder OnUnsubscribe(Delegate handler) => OnUnsubscribe(Bind(handler));

    /// <inheritdoc cref="OnUnsubscribe(Delegate)"/>
    public ChannelBuilder OnUnsubscribe(Handler handler)
    {
        _route.Unsubscribe = handler;
        return this;
    }

    /// <summary>Decides about reading presence: false refuses.</summary>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public ChannelBuilder OnPresence(Delegate handler) => OnPresence(Bind(handler));

    /// <inheritdoc cref="OnPresence(Delegate)"/>
    public ChannelBuilder OnPresence(Handler handler)
    {
        _route.Presence = handler;
        return this;
    }

    /// <summary>Decides about reading history: false refuses.</summary>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public ChannelBuilder OnHistory(Delegate handler) => OnHistory(Bind(handler));

    /// <inheritdoc cref="OnHistory(Delegate)"/>
    public ChannelBuilder OnHistory(Handler handler)
    {
        _route.History = handler;
        return this;
    }

    /// <summary>Renews subscriptions that expire: returns the new expiry, or null to let the subscription end.</summary>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public ChannelBuilder OnRefresh(Delegate handler) => OnRefresh(Bind(handler));

    /// <inheritdoc cref="OnRefresh(Delegate)"/>
    public ChannelBuilder OnRefresh(Handler handler)
    {
        _route.Refresh = handler;
        return this;
    }

    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    private Handler Bind(Delegate handler) => HandlerBinder.For(_services).Bind(handler, HandlerKind.Decision, _route.Pattern);
}
