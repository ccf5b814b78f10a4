using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Presence;

/// <summary>Stores which clients are in a channel, across all nodes. All members are safe from any thread.</summary>
/// <remarks>
/// Every implementation gives these guarantees; each has tests in the presence store's contract suite.
/// <list type="bullet">
/// <item><term>Membership</term><description>A channel has one entry per client; adding it again replaces what is known of the client.</description></item>
/// <item><term>Expiry</term><description>An entry lives until it is removed or its time to live passes without a refresh, so the clients
/// of a node that died disappear without help. An expired entry is neither read nor counted.</description></item>
/// <item><term>Isolation</term><description>Channels are independent of one another.</description></item>
/// <item><term>Counting</term><description>Counts agree with what is read: clients by their ids, users by theirs; all anonymous clients
/// count as one user.</description></item>
/// <item><term>Reads create nothing</term><description>Reading creates no state.</description></item>
/// <item><term>Bounded</term><description>Expired entries are dropped, also those of channels that nobody uses any more.</description></item>
/// <item><term>Monotonic time</term><description>Lifetimes are measured by a monotonic clock; a step of the wall clock expires nothing.</description></item>
/// <item><term>Order</term><description>Calls about one client in one channel take effect in the order in which they were made, whether
/// or not their tasks have completed.</description></item>
/// <item><term>Cancellation</term><description>A token that is cancelled before the call cancels the returned task, and nothing has
/// changed. One that is cancelled later ends the wait; the call may still take effect.</description></item>
/// </list>
/// Every member reports failure by its task. The hub handles an exception that a member throws like a failed task: the operation
/// that needs the call fails, and the hub logs it.
/// </remarks>
public interface IPresenceStore
{
    /// <summary>Adds a client to a channel, or refreshes its entry.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="info">The client.</param>
    /// <param name="ttl">How long the entry lives without a refresh.</param>
    /// <param name="cancellationToken">Ends the wait; the entry may still be added.</param>
    ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>Removes a client from a channel; does nothing when it is not there.</summary>
    ValueTask RemoveAsync(string channel, string clientId, CancellationToken cancellationToken = default);

    /// <summary>Reads the clients of a channel by their ids.</summary>
    ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>Counts the clients of a channel and their users.</summary>
    ValueTask<PresenceStats> CountAsync(string channel, CancellationToken cancellationToken = default);
}
