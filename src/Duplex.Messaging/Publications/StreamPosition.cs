namespace Duplex.Messaging.Publications;

/// <summary>A position in a channel's stream.</summary>
/// <param name="Offset">Offset of the last publication before the position; 0 is the start of the stream.</param>
/// <param name="Epoch">Identifies the lifetime of the stream: offsets of different epochs cannot be compared. Empty when unknown.</param>
public readonly record struct StreamPosition(ulong Offset, string Epoch);
