using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Publications;

/// <summary>The outcome of a broadcast in one of its channels.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Published">The outcome of the publication; default when the channel refused it.</param>
/// <param name="Error">The error with which the channel refused the publication; null when it was published.</param>
public readonly record struct BroadcastResult(string Channel, PublishResult Published, ClientError? Error = null);
