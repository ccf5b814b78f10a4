namespace Duplex.Messaging.Publications;

/// <summary>A place in a channel's stream.</summary>
/// <param name="Offset">Offset of the last publication before the place; 0 is the stream's beginning.</param>
/// <param name="Epoch">Names the stream's life: offsets of different epochs cannot be compared. Empty when unknown.</param>
public readonly record struct StreamPosition(ulong Offset, string Epoch);
