using Duplex.Messaging.Errors;
using Duplex.Messaging.Operations;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging;

/// <summary>
/// The server's view of its clients and channels. All members are safe from any thread. Operations on channels
/// throw <see cref="ClientException"/> for an unknown namespace or a feature that is off.
/// </summary>
/// <remarks>
/// A token that is cancelled before the call throws <see cref="OperationCanceledException"/>, and nothing has changed.
/// A token that is cancelled later ends the wait; each member documents the effect.
/// </remarks>
public interface IHub
{
    /// <summary>Connected clients: subscribes, unsubscribes, disconnects and refreshes them.</summary>
    IHubClients Clients { get; }

    /// <summary>Channels: their history, presence and subscribers.</summary>
    IHubChannels Channels { get; }

    /// <summary>Channels of the type Map: changes and reads their entries.</summary>
    IHubMaps Maps { get; }

    /// <summary>Channels of the type SharedPoll: publishes new values of their keys.</summary>
    IHubPolls Polls { get; }

    /// <summary>Publishes bytes, which must be a JSON value for clients that use JSON.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="data">The publication's data; not copied, so it must not change afterwards.</param>
    /// <param name="options">Tags, idempotency, version and delta; null: none.</param>
    /// <param name="cancellationToken">Ends the wait for the broker, which may still publish.</param>
    /// <exception cref="ClientException">The namespace is unknown, is not of the type Stream, or does not accept the data.</exception>
    ValueTask<PublishResult> PublishAsync(
        string channel, ReadOnlyMemory<byte> data, PublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Publishes a message as JSON, with the type information registered for it.</summary>
    /// <inheritdoc cref="PublishAsync(string, ReadOnlyMemory{byte}, PublishOptions?, CancellationToken)"/>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="options">Tags, idempotency, version and delta; null: none.</param>
    /// <param name="cancellationToken">Ends the wait for the broker, which may still publish.</param>
    ValueTask<PublishResult> PublishAsync<TMessage>(
        string channel, TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Publishes the same bytes to several channels, one after another.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="data">The publications' data; not copied, so it must not change afterwards.</param>
    /// <param name="options">Tags, idempotency, version and delta; null: none.</param>
    /// <param name="cancellationToken">Stops before the next channel; the earlier channels have the publication.</param>
    /// <returns>The outcome in each channel, in the order of the channels. A refusal of one channel does not affect the others.</returns>
    ValueTask<IReadOnlyList<BroadcastResult>> BroadcastAsync(
        IReadOnlyCollection<string> channels, ReadOnlyMemory<byte> data, PublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Publishes the same message to several channels, one after another; it is serialized once.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="message">The message.</param>
    /// <param name="options">Tags, idempotency, version and delta; null: none.</param>
    /// <param name="cancellationToken">Stops before the next channel; the earlier channels have the publication.</param>
    /// <returns>The outcome in each channel, in the order of the channels. A refusal of one channel does not affect the others.</returns>
    ValueTask<IReadOnlyList<BroadcastResult>> BroadcastAsync<TMessage>(
        IReadOnlyCollection<string> channels, TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Calls a method of the application as the server: its handler receives a client without id and user.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="data">The call's data.</param>
    /// <param name="cancellationToken">Cancels the handler's token too; the handler decides whether it observes it.</param>
    /// <returns>The reply's data; empty when there is none.</returns>
    /// <exception cref="ClientException">The method is unknown, or its handler returned an error.</exception>
    ValueTask<ReadOnlyMemory<byte>> CallAsync(string method, ReadOnlyMemory<byte> data = default, CancellationToken cancellationToken = default);

    /// <summary>Describes this node with its id, its counts and its metrics.</summary>
    NodeInfo Describe();
}
