using System.Diagnostics.CodeAnalysis;
using Duplex.AspNetCore.Binding;
using Duplex.Messaging.Application;
using Duplex.Messaging.Polling;
using Microsoft.AspNetCore.Authorization;

namespace Duplex.AspNetCore.Application;

/// <summary>
/// Adds handlers to the channels of a pattern. A delegate's parameters are bound by what they are: the client
/// (<see cref="Messaging.Clients.ClientContext"/>), the <see cref="HandlerContext"/>, a <see cref="CancellationToken"/>,
/// a part of the channel's name by its name in the pattern (string, integer, Guid), a registered service, and one other
/// type from the payload. Its result may be wrapped in a Task or a ValueTask.
/// </summary>
/// <remarks>
/// A handler that decides returns a <see cref="Decision"/>: null denies, and so does a handler that throws. A delegate whose
/// result is none fails while the application is built, and so does a second handler of a kind. Handlers throw
/// <see cref="Messaging.Errors.ClientException"/> to fail with an error of their own. They run on the client's shard until they
/// first wait, so they must not block, and must return within <see cref="Duplex.Messaging.HubOptions.HandlerTimeout"/>. Services
/// come from a scope of the call. The overloads that take a context need no reflection.
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
    /// Requires authorization policies of ASP.NET Core for every command of clients about these channels except
    /// leaving them. Tokens, handlers and options decide too; without a handler or token, the policies alone let a client
    /// subscribe, and grant nothing else.
    /// The policies are evaluated against the principal of the client's request, with the <see cref="HandlerContext"/> as the
    /// resource; their authentication schemes are not used, because the request is authenticated already. All of them must
    /// succeed, those of further calls too; a client that fails one receives 103 (permission denied).
    /// </summary>
    /// <param name="policies">Names of policies; none for the default policy, which requires an authenticated user.</param>
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
    /// Decides about subscriptions of clients that show no token for the channel. Returns a <see cref="SubscribeDecision"/> or a
    /// bool. Without this handler, the options of the namespace decide.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnSubscribe(Delegate handler) => OnSubscribe(_binder.BindDecision(handler, SubscribeDecision.FromBoolean, _route.Pattern));

    /// <inheritdoc cref="OnSubscribe(Delegate)"/>
    /// <typeparam name="TData">What the client's data is read as; null where it sent none.</typeparam>
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
    /// Decides about publications of clients, those of entries of maps too (<see cref="HandlerContext.Key"/>). Returns a
    /// <see cref="PublishDecision"/> or a bool. Without this handler, the options of the namespace decide.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public ChannelBuilder OnPublish(Delegate handler) => OnPublish(_binder.BindDecision(handler, PublishDecision.FromBoolean, _route.Pattern));

    /// <inheritdoc cref="OnPublish(Delegate)"/>
    /// <typeparam name="TMessage">What the publication is read as.</typeparam>
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
    /// Decides about entries that clients remove from a map; the entry is <see cref="HandlerContext.Key"/>. Returns an
    /// <see cref="AccessDecision"/> or a bool. Without this handler, the options of the namespace decide.
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
    /// Is called when a client has joined the channel: its subscription is granted and its reply written.
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
    /// Is called when a client that joined has left the channel, by itself, by the server or by losing its connection.
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
    /// Decides about reading presence. Returns an <see cref="AccessDecision"/> or a bool. Without this handler, the options of
    /// the namespace decide.
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
    /// Decides about reading history. Returns an <see cref="AccessDecision"/> or a bool. Without this handler, the options of
    /// the namespace decide.
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
    /// Renews subscriptions that expire. Returns a <see cref="RefreshDecision"/>; a denial ends the subscription.
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

    /// <summary>Returns the values of the keys that clients track, in namespaces of the type SharedPoll: one call for all clients.</summary>
    public ChannelBuilder OnPoll(PollHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _route.Poll = handler;
        return this;
    }
}
