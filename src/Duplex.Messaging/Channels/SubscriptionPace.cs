namespace Duplex.Messaging.Channels;

/// <summary>
/// The pace of one subscription: its publications wait for others, and are sent together. Deltas are not granted to a subscription
/// with a pace.
/// </summary>
/// <param name="Delay">
/// Time for which the first publication waits; <see cref="TimeSpan.Zero"/> for no pace. Any other value is from
/// <see cref="NamespaceOptions.MinPaceDelay"/> to <see cref="NamespaceOptions.MaxPaceDelay"/>; a subscription with a value outside fails.
/// </param>
/// <param name="LatestOnly">
/// Whether only the latest publication of each key is sent; without keys, only the last publication. The others are counted
/// (<see cref="SubscriptionStatus.Skipped"/>).
/// </param>
public sealed record SubscriptionPace(TimeSpan Delay, bool LatestOnly = false);
