namespace Duplex.Messaging.Publications;

/// <summary>Where a publication went.</summary>
/// <param name="Position">Its place in the stream; default when the channel has no history.</param>
/// <param name="IsSuppressed">Whether it was not published, because its idempotency key or version was seen before.</param>
public readonly record struct PublishResult(StreamPosition Position, bool IsSuppressed = false);
