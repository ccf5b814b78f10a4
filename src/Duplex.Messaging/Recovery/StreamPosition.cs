namespace Duplex.Messaging.Recovery;

/// <summary>A place in a channel's stream: offsets compare only within one epoch.</summary>
/// <param name="Offset">The last publication seen; 0 before the first.</param>
/// <param name="Epoch">The life of the stream the offset belongs to; empty when unknown, which matches any.</param>
public readonly record struct StreamPosition(ulong Offset, string Epoch);
