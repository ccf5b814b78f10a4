using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>What became of a change to a map.</summary>
/// <param name="Position">The stream's position after it; default when the map has no stream.</param>
/// <param name="Suppression">Why it was not made.</param>
public readonly record struct MapPublishResult(StreamPosition Position, MapSuppression Suppression = MapSuppression.None);
