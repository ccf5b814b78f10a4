using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging;

/// <summary>
/// Operations on connected clients. Each runs on the shards of the selected clients and completes when it has run for all of
/// them. Cancellation ends the wait: clients that the operation has not reached remain unchanged, and it is not undone for
/// the others. A selector without user, client and session throws <see cref="ArgumentException"/>.
/// </summary>
public interface IHubClients
{
    /// <summary>Subscribes clients to a channel. A client that is subscribed already keeps its subscription.</summary>
    /// <param name="clients">The clients.</param>
    /// <param name="subscription">The channel and the options of the subscription.</param>
    /// <param name="since">The position to recover from; null: no recovery.</param>
    /// <param name="cancellationToken">Ends the wait; see the interface.</param>
    /// <exception cref="ClientException">The namespace is unknown or is not of the type Stream.</exception>
    Task SubscribeAsync(
        ClientSelector clients, ServerSubscription subscription, StreamPosition? since = null, CancellationToken cancellationToken = default);

    /// <summary>Ends the clients' subscriptions to a channel.</summary>
    /// <param name="clients">The clients.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="reason">The code and reason that the clients receive; null: 2000, unsubscribed by the server.</param>
    /// <param name="cancellationToken">Ends the wait; see the interface.</param>
    /// <exception cref="ClientException">The namespace is unknown.</exception>
    Task UnsubscribeAsync(ClientSelector clients, string channel, Unsubscription? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Ends all subscriptions of the clients.</summary>
    /// <param name="clients">The clients.</param>
    /// <param name="reason">The code and reason that the clients receive; null: 2000, unsubscribed by the server.</param>
    /// <param name="cancellationToken">Ends the wait; see the interface.</param>
    Task UnsubscribeFromAllAsync(ClientSelector clients, Unsubscription? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Disconnects clients.</summary>
    /// <param name="clients">The clients.</param>
    /// <param name="disconnect">The code and reason; null: 3503, after which SDKs do not reconnect.</param>
    /// <param name="cancellationToken">Ends the wait; see the interface.</param>
    Task DisconnectAsync(ClientSelector clients, Disconnect? disconnect = null, CancellationToken cancellationToken = default);

    /// <summary>Changes the expiry of the clients' connections.</summary>
    /// <param name="clients">The clients.</param>
    /// <param name="expiresAt">The new expiry; null: never. A time in the past disconnects them with 3005.</param>
    /// <param name="info">JSON about the connection that other clients receive from now on; empty leaves it unchanged.</param>
    /// <param name="cancellationToken">Ends the wait; see the interface.</param>
    Task RefreshAsync(
        ClientSelector clients, DateTimeOffset? expiresAt, ReadOnlyMemory<byte> info = default, CancellationToken cancellationToken = default);
}
