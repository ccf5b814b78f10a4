using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>
/// Carries publications between publishers and hubs, and retains their history. All members are safe from any thread.
/// </summary>
/// <remarks>
/// Every implementation gives these guarantees; each has tests in the broker's contract suite.
/// <list type="bullet">
/// <item><term>Atomic publish</term><description>Append and publish are one step: a publication is in the history if and only
/// if subscribers receive it.</description></item>
/// <item><term>Offsets</term><description>A stream has an epoch and offsets from 1 without holes.</description></item>
/// <item><term>New epoch</term><description>A stream restarts with a new epoch when it was lost, removed, evicted because
/// its namespace has too many streams, or unused for its meta time.</description></item>
/// <item><term>Blank epoch</term><description>A channel without a publication has an epoch too; its stream starts with that epoch.</description></item>
/// <item><term>Retention</term><description>A history returns no more publications than its size and none older than its
/// time to live, even while newer ones keep the stream alive.</description></item>
/// <item><term>Reads create nothing</term><description>Reading creates no state: clients can name channels without permission,
/// so a name alone allocates nothing.</description></item>
/// <item><term>Bounded</term><description>The streams of a namespace are bounded in number (<see cref="StreamOptions.MaxChannels"/>).</description></item>
/// <item><term>Monotonic time</term><description>Lifetimes are measured by a monotonic clock; a step of the wall clock expires nothing.</description></item>
/// <item><term>Order</term><description>The publications of a channel are delivered in the order of their offsets, one at a time.</description></item>
/// <item><term>Flow</term><description>Every publication made after <see cref="SubscribeAsync"/> completed is delivered, and
/// possibly earlier ones, which the receiver drops if it has them.</description></item>
/// <item><term>Membership</term><description>Joins and leaves are delivered to the receiver of a subscribed channel; they are not part of the stream.</description></item>
/// <item><term>Skipped history</term><description>A publication that skips the history is delivered without offset and epoch, and leaves the stream unchanged.</description></item>
/// <item><term>Idempotency</term><description>A publication whose idempotency key was used in the channel within the last five minutes is
/// suppressed: nothing is published, and the position of the first is returned.</description></item>
/// <item><term>Versions</term><description>A publication whose version is not above the last one of the same version epoch is
/// suppressed.</description></item>
/// <item><term>Subscription order</term><description>Subscribe and unsubscribe calls for one channel take effect in the order in
/// which they were made, whether or not their tasks have completed.</description></item>
/// <item><term>No blocking</term><description>Subscribe and unsubscribe are called under a lock that deliveries of the channel also
/// take: neither blocks, and neither calls the receiver before it returns.</description></item>
/// <item><term>Cancellation</term><description>A token that is cancelled before the call cancels the returned task, and nothing has
/// changed. One that is cancelled later ends the wait; the call may still take effect.</description></item>
/// </list>
/// Every member reports failure through its task. The hub handles an exception that a member throws like a failed task: the operation
/// that needs the call fails, and the hub logs it.
/// </remarks>
public interface IBroker
{
    /// <summary>Sets the receiver of publications, joins and leaves. The hub calls it once, before any other member.</summary>
    void Attach(IBrokerReceiver receiver);

    /// <summary>Starts delivering a channel's publications, joins and leaves to the receiver.</summary>
    ValueTask SubscribeAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>Stops delivering a channel's publications, joins and leaves.</summary>
    ValueTask UnsubscribeAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>Appends a publication to the stream, unless history is off or skipped, and publishes it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publication">The publication without offset and epoch, which the broker sets.</param>
    /// <param name="stream">The retention of the channel's history.</param>
    /// <param name="options">The idempotency key, the version, and whether to skip history.</param>
    /// <param name="cancellationToken">Ends the wait; the broker may still publish.</param>
    ValueTask<PublishResult> PublishAsync(
        string channel, Publication publication, StreamOptions stream, PublishOptions options, CancellationToken cancellationToken = default);

    /// <summary>Reads a part of a channel's history and its position.</summary>
    ValueTask<HistoryPage> ReadHistoryAsync(
        string channel, HistoryQuery query, StreamOptions stream, CancellationToken cancellationToken = default);

    /// <summary>Removes a channel's history; the next use starts a new epoch.</summary>
    ValueTask RemoveHistoryAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>Publishes a client's join to the channel's subscribers.</summary>
    ValueTask PublishJoinAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default);

    /// <summary>Publishes a client's leave to the channel's subscribers.</summary>
    ValueTask PublishLeaveAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default);
}
