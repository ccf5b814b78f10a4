using Duplex.Messaging.Application;

namespace Duplex.Messaging.Subscriptions;

/// <summary>The permission to subscribe: final settings, or a handler that decides once the client is a member.</summary>
/// <param name="Settings">The settings, which a handler's decision replaces.</param>
/// <param name="Handler">The application's handler; null when the settings are final.</param>
/// <param name="Values">The values of the names in the channel's pattern, for the handler.</param>
internal readonly record struct SubscriptionPermit(
    SubscriptionSettings Settings, Handler<SubscribeDecision>? Handler = null, ChannelValues Values = default);
