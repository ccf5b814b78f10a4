using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Operations;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging;

/// <summary>
/// What a server does with its channels and clients. All members are safe from any thread. Operations on channels
/// throw <see cref="ClientException"/> for an unknown namespace or a feature that is off.
/// </summary>
public interface IHub
{
    /// <summary>Publishes bytes: a JSON value where clients speak JSON.</summary>
    ValueTask<PublishResult> PublishAsync(
        string channel, ReadOnlyMemory<byte> data, PublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Publishes a message as JSON, by the type information registered for it.</summary>
    ValueTask<PublishResult> PublishAsync<TMessage>(
        string channel, TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Publishes the same bytes to several channels.</summary>
    /// <returns>What became of it in each channel, in their order: a channel that refuses does not hold up the rest.</returns>
    ValueTask<IReadOnlyList<BroadcastResult>> BroadcastAsync(
        IReadOnlyCollection<string> channels, ReadOnlyMemory<byte> data, PublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Publishes the same message to several channels: it becomes JSON once.</summary>
    /// <returns>What became of it in each channel, in their order: a channel that refuses does not hold up the rest.</returns>
    ValueTask<IReadOnlyList<BroadcastResult>> BroadcastAsync<TMessage>(
        IReadOnlyCollection<string> channels, TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Calls a method of the application as the server: its handler sees a client without id and user.
    /// </summary>
    /// <returns>The reply's data; empty when there is none.</returns>
    /// <exception cref="ClientException">The method is unknown, or its handler answered with an error.</exception>
    ValueTask<ReadOnlyMemory<byte>> CallAsync(string method, ReadOnlyMemory<byte> data = default, CancellationToken cancellationToken = default);

    /// <summary>Subscribes a user's connected clients to a channel; those in it already stay as they are. The empty user is that of all anonymous clients.</summary>
    /// <param name="user">The user's id; null: whoever the selected client or session belongs to.</param>
    /// <param name="subscription">The channel and what the clients get with it.</param>
    /// <param name="selector">Which of the user's clients; null: all.</param>
    /// <param name="since">Where to recover from; null: from now on.</param>
    Task SubscribeAsync(string? user, ServerSubscription subscription, ClientSelector? selector = null, StreamPosition? since = null);

    /// <summary>Takes a user's clients out of a channel, or out of all when it is null or empty. The user may be null as in <see cref="SubscribeAsync"/>.</summary>
    Task UnsubscribeAsync(string? user, string? channel, ClientSelector? selector = null, Unsubscription? reason = null);

    /// <summary>Ends a user's connections. The default reason is 3503, after which SDKs stay away. The user may be null as in <see cref="SubscribeAsync"/>.</summary>
    Task DisconnectAsync(string? user, Disconnect? disconnect = null, ClientSelector? selector = null);

    /// <summary>Changes when a user's connections expire; null: never. A time that has passed ends them with 3005.</summary>
    /// <param name="user">The user's id; null: whoever the selected client or session belongs to.</param>
    /// <param name="expiresAt">The new expiry.</param>
    /// <param name="selector">Which of the user's clients; null: all.</param>
    /// <param name="info">JSON about the connection that others see from now on; empty leaves it as it is.</param>
    Task RefreshAsync(string? user, DateTimeOffset? expiresAt, ClientSelector? selector = null, ReadOnlyMemory<byte> info = default);

    /// <summary>The clients of a channel by their ids.</summary>
    ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadPresenceAsync(string channel);

    /// <summary>Counts the clients and users of a channel.</summary>
    ValueTask<PresenceStats> CountPresenceAsync(string channel);

    /// <summary>Reads history.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="limit">Most publications; 0 for the position alone, negative for as many as the hub gives at once.</param>
    /// <param name="since">Only after this position, or before it in reverse; null: from the end the order starts at.</param>
    /// <param name="isReversed">Newest first.</param>
    ValueTask<HistoryPage> ReadHistoryAsync(string channel, int limit = -1, StreamPosition? since = null, bool isReversed = false);

    /// <summary>Removes a channel's history; its stream starts over with a new epoch.</summary>
    ValueTask RemoveHistoryAsync(string channel);

    /// <summary>Adds or replaces an entry of a map: bytes, a JSON value where clients speak JSON.</summary>
    ValueTask<MapPublishResult> PublishMapAsync(
        string channel, string key, ReadOnlyMemory<byte> data, MapPublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces an entry of a map: a message as JSON, by the type information registered for it.</summary>
    ValueTask<MapPublishResult> PublishMapAsync<TMessage>(
        string channel, string key, TMessage message, MapPublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Removes an entry of a map; does nothing when it is not there.</summary>
    ValueTask<MapPublishResult> RemoveMapAsync(string channel, string key, string? idempotencyKey = null);

    /// <summary>Reads entries of a map.</summary>
    ValueTask<MapStatePage> ReadMapStateAsync(string channel, MapStateQuery query);

    /// <summary>Reads the changes of a map that has a stream.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="limit">Most changes; 0 for the position alone, negative for all that are kept.</param>
    /// <param name="since">Only after this position, or before it in reverse; null: from the end the order starts at.</param>
    /// <param name="isReversed">Newest first.</param>
    ValueTask<HistoryPage> ReadMapStreamAsync(string channel, int limit = -1, StreamPosition? since = null, bool isReversed = false);

    /// <summary>Counts the entries of a map.</summary>
    ValueTask<int> CountMapAsync(string channel);

    /// <summary>Empties a map and its stream; its subscribers load it again.</summary>
    ValueTask ClearMapAsync(string channel);

    /// <summary>Tells those who track a key of a shared-poll channel of its new value at once, without waiting to be asked.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="item">The item; one whose version is not above the last one changes nothing.</param>
    /// <param name="cancellationToken">Not used: the call completes at once.</param>
    /// <exception cref="ClientException">There is no such namespace, or it is not of the type SharedPoll.</exception>
    ValueTask PublishItemAsync(string channel, PolledItem item, CancellationToken cancellationToken = default);

    /// <summary>The channels of this node that have subscribers, with how many they have.</summary>
    /// <param name="pattern">A glob with <c>*</c> and <c>?</c>; null: all.</param>
    IReadOnlyDictionary<string, int> ListChannels(string? pattern = null);

    /// <summary>What this node is and carries.</summary>
    NodeInfo Describe();
}
