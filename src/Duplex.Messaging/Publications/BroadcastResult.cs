using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Publications;

/// <summary>What became of a broadcast in one of its channels.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Published">Where the publication went; default when it was refused.</param>
/// <param name="Error">Why the channel refused it; null when it was published.</param>
public readonly record struct BroadcastResult(string Channel, PublishResult Published, ClientError? Error = null);
