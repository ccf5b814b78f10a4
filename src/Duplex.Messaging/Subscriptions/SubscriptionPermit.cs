using Duplex.Messaging.Application;

namespace Duplex.Messaging.Subscriptions;

/// <summary>What permits a subscription: terms that are settled, or a handler that decides once the client is a member.</summary>
/// <param name="Terms">The terms, which a handler's decision replaces.</param>
/// <param name="Handler">The application's handler; null where the terms are settled.</param>
/// <param name="Values">The parts of the channel's name for the handler.</param>
internal readonly record struct SubscriptionPermit(
    SubscriptionTerms Terms, Handler<SubscribeDecision>? Handler = null, ChannelValues Values = default);
