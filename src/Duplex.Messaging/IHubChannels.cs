using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging;

/// <summary>Reads the history, presence and subscribers of channels. Cancelling a read changes nothing.</summary>
public interface IHubChannels
{
    /// <summary>Reads the clients of a channel by client id.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ClientException">The namespace is unknown or has no presence.</exception>
    ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadPresenceAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>Counts the clients and users of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ClientException">The namespace is unknown or has no presence.</exception>
    ValueTask<PresenceStats> CountPresenceAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>Reads a part of a channel's history and its current position.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="limit">Maximum number of publications, capped at <see cref="HubOptions.MaxHistoryPublications"/>; 0 reads the position alone, null up to that option.</param>
    /// <param name="since">The position after which, or before which in reverse, publications are read; null: the end at which the order starts.</param>
    /// <param name="isReversed">Whether the newest publication comes first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    /// <exception cref="ClientException">The namespace is unknown or has no history, or the position is of another epoch.</exception>
    ValueTask<HistoryPage> ReadHistoryAsync(
        string channel, int? limit = null, StreamPosition? since = null, bool isReversed = false, CancellationToken cancellationToken = default);

    /// <summary>Removes a channel's history; its stream starts over with a new epoch.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Ends the wait for the broker, which may still remove the history.</param>
    /// <exception cref="ClientException">The namespace is unknown or has no history.</exception>
    ValueTask RemoveHistoryAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>Lists the channels that have subscribers on this node, with the number of their subscribers.</summary>
    /// <param name="pattern">A glob with <c>*</c> and <c>?</c>; null lists all channels.</param>
    IReadOnlyDictionary<string, int> List(string? pattern = null);
}
