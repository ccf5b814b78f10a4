namespace Duplex.Messaging.Publications;

/// <summary>The outcome of a publication.</summary>
/// <param name="Position">The publication's position in the stream; default when the channel has no history.</param>
/// <param name="IsSuppressed">Whether it was suppressed because its idempotency key or version was used before.</param>
public readonly record struct PublishResult(StreamPosition Position, bool IsSuppressed = false);
