using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Presence;

/// <summary>
/// Knows who is in a channel, on all nodes. All members are safe from any thread. An entry lives until it is removed
/// or until its time passes without a refresh, so that the clients of a node that died disappear by themselves. Times
/// are measured by a monotonic clock. Reading creates no state. Calls about one client in one channel take effect in the
/// order in which they were made. One that throws or fails costs the operation that needs it, and is logged.
/// </summary>
public interface IPresenceStore
{
    /// <summary>Adds a client to a channel, or refreshes its entry.</summary>
    ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl);

    /// <summary>Removes a client from a channel; does nothing when it is not there.</summary>
    ValueTask RemoveAsync(string channel, string clientId);

    /// <summary>The clients of a channel by their ids.</summary>
    ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel);

    /// <summary>Counts the clients of a channel and their users; all anonymous clients count as one user.</summary>
    ValueTask<PresenceStats> CountAsync(string channel);
}
