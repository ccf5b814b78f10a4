using Duplex.Messaging.Commands;
using Duplex.Messaging.Polling;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Sets the traits of a subscription to a stream or shared poll: overrides take precedence over the namespace's options, and these over the request.</summary>
internal static class StreamTraits
{
    public static void Set(Subscription subscription, SubscribeRequest request, SubscriptionTerms terms)
    {
        var ns = subscription.HubChannel.Namespace;
        var options = ns.Options;
        var overrides = terms.Overrides;
        var client = subscription.Client;
        var mayReadHistory = ns.ShowsHistoryTo(client);
        var isRecoverable = ns.Stream.IsKept
            && (overrides.Recovery ?? (options.Recovery || (request.Recoverable && (options.AllowRecovery || mayReadHistory))));
        var isPositioned = isRecoverable || (ns.Stream.IsKept
            && (overrides.Positioning ?? (options.Positioning || (request.Positioned && (options.AllowPositioning || mayReadHistory)))));
        var joinLeave = overrides.JoinLeave ?? options.JoinLeave;

        subscription.Set(SubscriptionTraits.ServerSide, terms.IsServerSide);
        subscription.Set(SubscriptionTraits.Recoverable, isRecoverable);
        subscription.Set(SubscriptionTraits.Positioned, isPositioned);
        subscription.Set(SubscriptionTraits.Presence, overrides.Presence ?? options.Presence);
        subscription.Set(SubscriptionTraits.Announced, joinLeave);
        subscription.Set(
            SubscriptionTraits.JoinLeave,
            (overrides.ForceJoinLeave ?? options.ForceJoinLeave) || (request.JoinLeave && joinLeave && ns.ShowsPresenceTo(client)));
        subscription.Set(SubscriptionTraits.Delta, request.Delta && ns.AllowsDelta && (isPositioned || subscription is PollSubscription));
        subscription.Set(SubscriptionTraits.ById, request.Flag.HasFlag(SubscribeFlags.ChannelCompaction) && options.AllowChannelCompaction);
        subscription.Set(SubscriptionTraits.MapPresence, ns.HasMapPresence);
        subscription.Set(SubscriptionTraits.ClientRefresh, terms.IsRefreshedByClient);
    }
}
