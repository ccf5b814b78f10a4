using Duplex.Messaging.Commands;
using Duplex.Messaging.Polling;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Sets the state of a subscription to a stream or shared poll: overrides take precedence over the namespace's options, and these over the request.</summary>
internal static class StreamSubscriptionRules
{
    public static void Set(Subscription subscription, SubscribeRequest request, SubscriptionSettings settings)
    {
        var ns = subscription.HubChannel.Namespace;
        var options = ns.Options;
        var overrides = settings.Overrides;
        var client = subscription.Client;
        var mayReadHistory = ns.ShowsHistoryTo(client);
        var isRecoverable = ns.Stream.IsKept
            && (overrides.Recovery ?? (options.Recovery || (request.Recoverable && (options.AllowRecovery || mayReadHistory))));
        var isPositioned = isRecoverable || (ns.Stream.IsKept
            && (overrides.Positioning ?? (options.Positioning || (request.Positioned && (options.AllowPositioning || mayReadHistory)))));
        var joinLeave = overrides.JoinLeave ?? options.JoinLeave;

        subscription.Set(SubscriptionState.ServerSide, settings.IsServerSide);
        subscription.Set(SubscriptionState.Recoverable, isRecoverable);
        subscription.Set(SubscriptionState.Positioned, isPositioned);
        subscription.Set(SubscriptionState.Presence, overrides.Presence ?? options.Presence);
        subscription.Set(SubscriptionState.Announced, joinLeave);
        subscription.Set(
            SubscriptionState.JoinLeave,
            (overrides.ForceJoinLeave ?? options.ForceJoinLeave) || (request.JoinLeave && joinLeave && ns.ShowsPresenceTo(client)));
        subscription.Set(SubscriptionState.Delta, request.Delta && subscription.Batch is null && ns.AllowsDelta && (isPositioned || subscription is PollSubscription));
        subscription.Set(SubscriptionState.ById, request.Flag.HasFlag(SubscribeFlags.ChannelCompaction) && options.AllowChannelCompaction);
        subscription.Set(SubscriptionState.MapPresence, ns.HasMapPresence);
        subscription.Set(SubscriptionState.ClientRefresh, settings.IsRefreshedByClient);
    }
}
