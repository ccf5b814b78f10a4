using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Presence;

/// <summary>Stores which clients are in a channel, across all nodes. All members are safe from any thread.</summary>
/// <remarks>
/// Every implementation gives these guarantees; each has tests in the presence store's contract suite.
/// <list type="bullet">
/// <item><term>Membership</term><description>A channel has one entry per client; adding a client again replaces its entry.</description></item>
/// <item><term>Expiry</term><description>An entry is retained until it is removed or its time to live passes without a refresh, so the
/// clients of a node that crashed disappear by expiry. An expired entry is neither returned nor counted.</description></item>
/// <item><term>Isolation</term><description>Channels are independent of one another.</description></item>
/// <item><term>Counting</term><description>Counts match the entries that are returned: clients by client id, users by user id; all anonymous
/// clients count as one user.</description></item>
/// <item><term>Reads create nothing</term><description>Reading creates no state.</description></item>
/// <item><term>Bounded</term><description>Expired entries are dropped, including those of channels that are no longer used.</description></item>
/// <item><term>Monotonic time</term><description>Lifetimes are measured by a monotonic clock; a step of the wall clock expires nothing.</description></item>
/// <item><term>Order</term><description>Calls for one client in one channel take effect in the order in which they were made, whether
/// or not their tasks have completed.</description></item>
/// <item><term>Cancellation</term><description>A token that is cancelled before the call cancels the returned task, and nothing has
/// changed. One that is cancelled later ends the wait; the call may still take effect.</description></item>
/// </list>
/// Every member reports failure through its task. The hub handles an exception that a member throws like a failed task: the operation
/// that needs the call fails, and the hub logs it.
/// </remarks>
public interface IPresenceStore
{
    /// <summary>Adds a client to a channel, or refreshes its entry.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="info">The client.</param>
    /// <param name="ttl">Lifetime of the entry without a refresh.</param>
    /// <param name="cancellationToken">Ends the wait; the entry may still be added.</param>
    ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>Removes a client from a channel; does nothing when the client is not in it.</summary>
    ValueTask RemoveAsync(string channel, string clientId, CancellationToken cancellationToken = default);

    /// <summary>Reads the clients of a channel by client id.</summary>
    ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>Counts the clients and the users of a channel.</summary>
    ValueTask<PresenceStats> CountAsync(string channel, CancellationToken cancellationToken = default);
}
