using System.Diagnostics.CodeAnalysis;
using Duplex.AspNetCore.Binding;
using Duplex.Messaging.Application;
using Duplex.Messaging.Polling;
using Microsoft.AspNetCore.Authorization;

namespace Duplex.AspNetCore.Application;

/// <summary>
/// Adds handlers to the channels of a pattern. A delegate's parameters are bound by type: the client
/// (<see cref="Messaging.Clients.ClientContext"/>), the <see cref="HandlerContext"/>, a <see cref="CancellationToken"/>,
/// a registered service, and one other type, which is read from the payload. A parameter with the name of a part of the
/// pattern (string, integer, Guid) is bound to that part of the channel's name. The result may be wrapped in a Task or a ValueTask.
/// </summary>
/// <remarks>
/// A handler that authorizes returns a <see cref="Decision"/>: null denies, and so does an exception. Registration throws if the
/// result of such a delegate is not a decision, and if a handler of the same kind is already registered. A handler throws
/// <see cref="Messaging.Errors.ClientException"/> to return a specific error. It runs on the client's shard until its first
/// await, so it must not block, and must return within <see cref="Duplex.Messaging.HubOptions.HandlerTimeout"/>. Services
/// are resolved from a scope of the call. The overloads with a context parameter use no reflection.
/// </remarks>
public sealed class ChannelBuilder
{
    private readonly ChannelRoute _route;
    private readonly HandlerBinder _binder;
    private readonly PolicyCheck _policies;

    internal ChannelBuilder(ChannelRoute route, HandlerBinder binder, IServiceProvider services)
    {
        _route = route;
        _binder = binder;
        _policies = new PolicyCheck(services, $"the channels '{route.Pattern.Text}'", check => route.Authorize = check);
    }

    /// <summary>
    /// Requires ASP.NET Core authorization policies for every client command for these channels except unsubscribe. The rules
    /// of tokens, handlers and options apply too; without a handler or token, the policies alone allow a client to subscribe,
    /// and grant nothing else. Only the most specific pattern that matches a channel applies: a policy on <c>chat:{room}</c> does
    /// not cover <c>chat:lobby</c> when <c>chat:lobby</c> is mapped as well, and must be required there too.
    /// </summary>
    /// <remarks>
    /// The policies are evaluated against the principal of the client's request, with the <see cref="HandlerContext"/> as the
    /// resource; their authentication schemes are not used, because the request is already authenticated. All of them must
    /// succeed, including those of further calls; a client that fails one receives 103 (permission denied).
    /// </remarks>
    /// <param name="policies">The names of the policies; none for the default policy, which requires an authenticated user.</param>
    /// <exception cref="InvalidOperationException">
    /// The application has not called <c>AddHttpContextUser</c> or <c>AddAuthorization</c>, or a policy is not registered.
    /// </exception>
    public ChannelBuilder RequireAuthorization(params string[] policies)
    {
        _policies.Add(policies);
        return this;
    }

    /// <inheritdoc cref="RequireAuthorization(string[])"/>
    /// <param name="policy">The policy.</param>
    public ChannelBuilder RequireAuthorization(AuthorizationPolicy policy)
    {
        _policies.Add(policy);
        return this;
    }

    /// <summary>
    /// Sets the handler that authorizes subscriptions of clients without a token for the channel. It returns a
    /// <see cref="SubscribeDecision"/> or a bool. Without this handler, the options of the namespace apply.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnSubscribe(Delegate handler) => OnSubscribe(_binder.BindDecision(handler, SubscribeDecision.FromBoolean, _route.Pattern));

    /// <inheritdoc cref="OnSubscribe(Delegate)"/>
    /// <typeparam name="TData">The type of the client's data; null if the client sent none.</typeparam>
    public ChannelBuilder OnSubscribe<TData>(Func<TData?, HandlerContext, ValueTask<SubscribeDecision>> handler) =>
        OnSubscribe(_binder.BindDecision(handler, isOptional: true));

    /// <inheritdoc cref="OnSubscribe(Delegate)"/>
    public ChannelBuilder OnSubscribe(Handler<SubscribeDecision> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _route.Subscribe = handler;
        return this;
    }

    /// <summary>
    /// Sets the handler that authorizes publications of clients, including those of map entries
    /// (<see cref="HandlerContext.Key"/>). It returns a <see cref="PublishDecision"/> or a bool. Without this handler, the options
    /// of the namespace apply.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnPublish(Delegate handler) => OnPublish(_binder.BindDecision(handler, PublishDecision.FromBoolean, _route.Pattern));

    /// <inheritdoc cref="OnPublish(Delegate)"/>
    /// <typeparam name="TMessage">The type of the publication.</typeparam>
    public ChannelBuilder OnPublish<TMessage>(Func<TMessage, HandlerContext, ValueTask<PublishDecision>> handler) =>
        OnPublish(_binder.BindDecision(handler));

    /// <inheritdoc cref="OnPublish(Delegate)"/>
    public ChannelBuilder OnPublish(Handler<PublishDecision> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _route.Publish = handler;
        return this;
    }

    /// <summary>
    /// Sets the handler that authorizes the removal of map entries by clients; the entry is <see cref="HandlerContext.Key"/>. It
    /// returns an <see cref="AccessDecision"/> or a bool. Without this handler, the options of the namespace apply.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnRemove(Delegate handler) => OnRemove(_binder.BindDecision(handler, AccessDecision.FromBoolean, _route.Pattern));

    /// <inheritdoc cref="OnRemove(Delegate)"/>
    public ChannelBuilder OnRemove(Handler<AccessDecision> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _route.Remove = handler;
        return this;
    }

    /// <summary>
    /// Sets the handler that runs when a client has joined the channel, after its subscription was granted and the reply written.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnJoin(Delegate handler) => OnJoin(_binder.Bind(handler, _route.Pattern));

    /// <inheritdoc cref="OnJoin(Delegate)"/>
    public ChannelBuilder OnJoin(Handler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _route.Join = handler;
        return this;
    }

    /// <summary>
    /// Sets the handler that runs when a client that had joined leaves the channel: it unsubscribed, the server unsubscribed it, or its
    /// connection ended.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnLeave(Delegate handler) => OnLeave(_binder.Bind(handler, _route.Pattern));

    /// <inheritdoc cref="OnLeave(Delegate)"/>
    public ChannelBuilder OnLeave(Handler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _route.Leave = handler;
        return this;
    }

    /// <summary>
    /// Sets the handler that authorizes reading presence. It returns an <see cref="AccessDecision"/> or a bool. Without this
    /// handler, the options of the namespace apply.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnPresence(Delegate handler) => OnPresence(_binder.BindDecision(handler, AccessDecision.FromBoolean, _route.Pattern));

    /// <inheritdoc cref="OnPresence(Delegate)"/>
    public ChannelBuilder OnPresence(Handler<AccessDecision> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _route.Presence = handler;
        return this;
    }

    /// <summary>
    /// Sets the handler that authorizes reading history. It returns an <see cref="AccessDecision"/> or a bool. Without this
    /// handler, the options of the namespace apply.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnHistory(Delegate handler) => OnHistory(_binder.BindDecision(handler, AccessDecision.FromBoolean, _route.Pattern));

    /// <inheritdoc cref="OnHistory(Delegate)"/>
    public ChannelBuilder OnHistory(Handler<AccessDecision> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _route.History = handler;
        return this;
    }

    /// <summary>
    /// Sets the handler that renews subscriptions that expire. It returns a <see cref="RefreshDecision"/>; a denial ends the
    /// subscription.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnRefresh(Delegate handler) => OnRefresh(_binder.BindDecision<RefreshDecision>(handler, pattern: _route.Pattern));

    /// <inheritdoc cref="OnRefresh(Delegate)"/>
    public ChannelBuilder OnRefresh(Handler<RefreshDecision> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _route.Refresh = handler;
        return this;
    }

    /// <summary>Sets the handler that returns the values of tracked keys, in namespaces of the type SharedPoll. One call serves all clients.</summary>
    public ChannelBuilder OnPoll(PollHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _route.Poll = handler;
        return this;
    }
}
