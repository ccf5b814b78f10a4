using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Recovery;

/// <summary>Reads the publications that a returning subscriber missed, and reports whether all of them are retained.</summary>
internal sealed class StreamRecovery(IBroker broker, HubOptions hubOptions)
{
    /// <summary>Reads the position of the stream, and what the subscriber missed where its request recovers.</summary>
    public ValueTask<StreamState> ReadAsync(Subscription subscription, SubscribeRequest request) =>
        subscription.Has(SubscriptionState.Positioned)
            ? ReadAsync(subscription.Channel, subscription.HubChannel.Namespace, request.RecoverSince, subscription.Has(SubscriptionState.Recoverable))
            : new(StreamState.None with { WasRecovering = request.Recover });

    private async ValueTask<StreamState> ReadAsync(string channel, ChannelNamespace ns, StreamPosition? since, bool isRecoverable)
    {
        var isCache = isRecoverable && ns.Options.RecoveryMode == RecoveryMode.Cache;
        if (isCache && ns.Options.AutoCacheRecover) since ??= new StreamPosition(0, "");
        if (!isRecoverable || since is not { } start)
        {
            var page = await broker.ReadHistoryAsync(channel, HistoryQuery.PositionOnly, ns.Stream).ConfigureAwait(false);
            return new StreamState(page.Position, since is not null, false, page.Position, []);
        }

        return isCache
            ? await ReadLatestAsync(channel, ns, start).ConfigureAwait(false)
            : await ReadMissedAsync(channel, ns, start).ConfigureAwait(false);
    }

    private async ValueTask<StreamState> ReadMissedAsync(string channel, ChannelNamespace ns, StreamPosition start)
    {
        var maxPublications = hubOptions.MaxRecoveryPublications;

        // One more than the limit distinguishes "exactly the limit" from "over it".
        var page = await broker.ReadHistoryAsync(channel, new HistoryQuery(maxPublications + 1, start), ns.Stream).ConfigureAwait(false);
        return IsComplete(page, start, maxPublications)
            ? new StreamState(page.Position, true, true, start with { Epoch = page.Position.Epoch }, page.Publications)
            : new StreamState(page.Position, true, false, page.Position, []);
    }

    private static bool IsComplete(HistoryPage page, StreamPosition start, int maxPublications)
    {
        // A client that has received no epoch sends an empty one.
        if (start.Epoch.Length > 0 && start.Epoch != page.Position.Epoch) return false;
        var missed = page.Publications;
        if (missed.Count > maxPublications) return false;
        return missed.Count == 0
            ? start.Offset == page.Position.Offset
            : missed[0].Offset == start.Offset + 1 && missed[^1].Offset == page.Position.Offset;
    }

    private async ValueTask<StreamState> ReadLatestAsync(string channel, ChannelNamespace ns, StreamPosition start)
    {
        var page = await broker.ReadHistoryAsync(channel, new HistoryQuery(1, IsReversed: true), ns.Stream).ConfigureAwait(false);
        var top = page.Position;
        var isCurrent = start.Offset == top.Offset && start.Epoch == top.Epoch && top.Offset > 0;
        var isRecovered = isCurrent || page.Publications.Count > 0;
        return new StreamState(top, true, isRecovered, top, isCurrent ? [] : page.Publications);
    }
}
