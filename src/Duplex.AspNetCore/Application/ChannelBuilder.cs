using System.Diagnostics.CodeAnalysis;
using Duplex.AspNetCore.Binding;
using Duplex.Messaging.Application;
using Duplex.Messaging.Polling;

namespace Duplex.AspNetCore.Application;

/// <summary>
/// Adds handlers to the channels of a pattern. A delegate's parameters are bound by what they are: the client
/// (<see cref="Messaging.Clients.ClientContext"/>), the <see cref="HandlerContext"/>, a <see cref="CancellationToken"/>,
/// a part of the channel's name by its name in the pattern (string, integer, Guid), a registered service, and one other
/// type from the payload. It returns its result, a Task or ValueTask of it, or nothing.
/// </summary>
/// <remarks>
/// Handlers run on the client's shard until they first wait, so they must not block. They throw
/// <see cref="Messaging.Errors.ClientException"/> to answer with an error of their own. Services come from a scope of
/// the call. The overloads that take a payload and a context, or a <see cref="Handler"/>, need no reflection.
/// </remarks>
public sealed class ChannelBuilder
{
    private readonly ChannelRoute _route;
    private readonly HandlerBinder _binder;

    internal ChannelBuilder(ChannelRoute route, HandlerBinder binder)
    {
        _route = route;
        _binder = binder;
    }

    /// <summary>
    /// Decides about subscriptions: false refuses (error 103), true or nothing grants, a
    /// <see cref="SubscribeReply"/> grants with more, any other value is sent as the reply's data.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnSubscribe(Delegate handler) => OnSubscribe(Bind(handler));

    /// <inheritdoc cref="OnSubscribe(Delegate)"/>
    /// <typeparam name="TData">What the client's data is read as; null where it sent none.</typeparam>
    /// <typeparam name="TResult">What is decided.</typeparam>
    public ChannelBuilder OnSubscribe<TData, TResult>(Func<TData?, HandlerContext, ValueTask<TResult>> handler) =>
        OnSubscribe(_binder.Bind(handler, HandlerKind.Decision, isOptional: true));

    /// <inheritdoc cref="OnSubscribe(Delegate)"/>
    public ChannelBuilder OnSubscribe(Handler handler) => With(_route.Subscribe = handler);

    /// <summary>
    /// Decides about publications of clients: false refuses (error 103), true or nothing publishes what the client
    /// sent, a <see cref="PublishReply"/> publishes with more, any other value is published in its place.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnPublish(Delegate handler) => OnPublish(Bind(handler));

    /// <inheritdoc cref="OnPublish(Delegate)"/>
    /// <typeparam name="TMessage">What the publication is read as.</typeparam>
    /// <typeparam name="TResult">What is decided.</typeparam>
    public ChannelBuilder OnPublish<TMessage, TResult>(Func<TMessage, HandlerContext, ValueTask<TResult>> handler) =>
        OnPublish(_binder.Bind(handler, HandlerKind.Decision));

    /// <inheritdoc cref="OnPublish(Delegate)"/>
    public ChannelBuilder OnPublish(Handler handler) => With(_route.Publish = handler);

    /// <summary>
    /// Decides about entries that clients remove from a map: false refuses (error 103), true or nothing removes. The
    /// entry is <see cref="HandlerContext.Key"/>.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnRemove(Delegate handler) => OnRemove(Bind(handler));

    /// <inheritdoc cref="OnRemove(Delegate)"/>
    public ChannelBuilder OnRemove(Handler handler) => With(_route.Remove = handler);

    /// <summary>Is told when a client has joined the channel: its subscription is granted and answered.</summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnJoin(Delegate handler) => OnJoin(Bind(handler));

    /// <inheritdoc cref="OnJoin(Delegate)"/>
    public ChannelBuilder OnJoin(Handler handler) => With(_route.Join = handler);

    /// <summary>Is told when a client that joined has left the channel, by itself, by the server or by losing its connection.</summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnLeave(Delegate handler) => OnLeave(Bind(handler));

    /// <inheritdoc cref="OnLeave(Delegate)"/>
    public ChannelBuilder OnLeave(Handler handler) => With(_route.Leave = handler);

    /// <summary>Decides about reading presence: false refuses.</summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnPresence(Delegate handler) => OnPresence(Bind(handler));

    /// <inheritdoc cref="OnPresence(Delegate)"/>
    public ChannelBuilder OnPresence(Handler handler) => With(_route.Presence = handler);

    /// <summary>Answers for the keys that clients track, in namespaces of the type SharedPoll: one call for all clients.</summary>
    public ChannelBuilder OnPoll(PollHandler handler) => With(_route.Poll = handler);

    /// <summary>Decides about reading history: false refuses.</summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnHistory(Delegate handler) => OnHistory(Bind(handler));

    /// <inheritdoc cref="OnHistory(Delegate)"/>
    public ChannelBuilder OnHistory(Handler handler) => With(_route.History = handler);

    /// <summary>Renews subscriptions that expire: returns the new expiry, <see cref="RefreshReply"/> with more, or null to let the subscription end.</summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnRefresh(Delegate handler) => OnRefresh(Bind(handler));

    /// <inheritdoc cref="OnRefresh(Delegate)"/>
    public ChannelBuilder OnRefresh(Handler handler) => With(_route.Refresh = handler);

    // Each registration is an assignment whose value nobody needs.
    private ChannelBuilder With(object? _) => this;

    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    private Handler Bind(Delegate handler) => _binder.Bind(handler, HandlerKind.Decision, _route.Pattern);
}
