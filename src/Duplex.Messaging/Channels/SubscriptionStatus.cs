namespace Duplex.Messaging.Channels;

/// <summary>The state of a client's subscription.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Skipped">
/// The number of publications that were not sent since the client subscribed: superseded in a batch, dropped by the policy for slow
/// consumers, or not encodable for the client. Publications that its tags filter does not match are not counted; those that a batch of
/// the namespace superseded are counted when the one that superseded them is sent.
/// </param>
/// <param name="Pace">The pace; null when the subscription has none.</param>
public sealed record SubscriptionStatus(string Channel, long Skipped, SubscriptionPace? Pace);
