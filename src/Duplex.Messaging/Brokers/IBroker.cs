using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>
/// Carries publications between publishers and hubs, and keeps their history. All members are safe from any thread.
/// </summary>
/// <remarks>
/// Guarantees every implementation gives, and the contract tests check:
/// <list type="bullet">
/// <item>Append and publish are one atomic step: a publication is in history exactly when subscribers get it.</item>
/// <item>A stream has an epoch and offsets from 1 without holes; a new epoch starts when the stream was lost,
/// removed, dropped because there were too many, or not used for its meta time. A channel without a publication has an
/// epoch too, with which its stream begins.</item>
/// <item>Reading creates no state, and streams are bounded in number (<see cref="StreamOptions.MaxChannels"/>): clients
/// can name channels without permission, so names alone must cost nothing.</item>
/// <item>Lifetimes are measured by a monotonic clock; only moments told to others come from the wall clock.</item>
/// <item>The receiver gets the publications of a channel in the order of their offsets, one at a time, from the
/// return of <see cref="SubscribeAsync"/> on, and perhaps earlier ones: it drops what it has.</item>
/// <item>An idempotency key seen within five minutes, or a version not above the last one, publishes nothing.</item>
/// <item>Subscribe and unsubscribe calls for one channel take effect in the order in which they were made.</item>
/// <item>Subscribe and unsubscribe are called under a lock that deliveries of the channel take too: neither blocks, and neither
/// calls the receiver before it returns.</item>
/// <item>Every member fails by its task. What one throws is taken for that: it costs the operation that needs it, and is logged.</item>
/// </list>
/// </remarks>
public interface IBroker
{
    /// <summary>Names the receiver of publications, joins and leaves. Called once, before anything else.</summary>
    void Attach(IBrokerReceiver receiver);

    /// <summary>Starts the flow of a channel to the receiver.</summary>
    ValueTask SubscribeAsync(string channel);

    /// <summary>Stops the flow of a channel.</summary>
    ValueTask UnsubscribeAsync(string channel);

    /// <summary>Appends to the stream, unless history is off or skipped, and publishes.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publication">Without offset and epoch: the broker gives them.</param>
    /// <param name="stream">How the channel's history is kept.</param>
    /// <param name="options">Idempotency, version, and whether to skip history.</param>
    ValueTask<PublishResult> PublishAsync(string channel, Publication publication, StreamOptions stream, PublishOptions options);

    /// <summary>Reads a part of a channel's history and its current position.</summary>
    ValueTask<HistoryPage> ReadHistoryAsync(string channel, HistoryQuery query, StreamOptions stream);

    /// <summary>Removes a channel's history; the next use starts a new epoch.</summary>
    ValueTask RemoveHistoryAsync(string channel);

    /// <summary>Tells the channel's subscribers that a client joined.</summary>
    ValueTask PublishJoinAsync(string channel, ClientInfo info);

    /// <summary>Tells the channel's subscribers that a client left.</summary>
    ValueTask PublishLeaveAsync(string channel, ClientInfo info);
}
