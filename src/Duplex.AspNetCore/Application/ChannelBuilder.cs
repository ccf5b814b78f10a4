using System.Diagnostics.CodeAnalysis;

namespace Duplex.AspNetCore.Application;

/// <summary>
/// Adds handlers to the channels of a pattern. A handler's parameters are bound by what they are: the client
/// (<see cref="Messaging.Clients.ClientContext"/>), a <see cref="CancellationToken"/>, a part of the channel's name
/// by its name in the pattern (string, integer, Guid), a registered service, and one other type from the payload.
/// It returns its result, a Task or ValueTask of it, or nothing.
/// </summary>
public sealed class ChannelBuilder
{
    internal const string TrimWarning = "Handlers are bound by reflection over their parameters; use the generic overload when trimming.";

    /// <summary>
    /// Decides about subscriptions: false refuses (error 103), true or nothing grants, a
    /// <see cref="Messaging.Application.SubscribeReply"/> grants with more, any other value is sent as the reply's data.
    /// </summary>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public ChannelBuilder OnSubscribe(Delegate handler) => throw new NotImplementedException();

    /// <summary>
    /// Decides about publications of clients: false refuses (error 103), true or nothing publishes what the client
    /// sent, any other value is published in its place.
    /// </summary>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public ChannelBuilder OnPublish(Delegate handler) => throw new NotImplementedException();

    /// <summary>Is told when a client has left the channel, by itself, by the server or by losing its connection.</summary>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public ChannelBuilder OnUnsubscribe(Delegate handler) => throw new NotImplementedException();
}
