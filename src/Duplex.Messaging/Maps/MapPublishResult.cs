using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>The outcome of a change to a map.</summary>
/// <param name="Position">The stream's position after the change; default when the map has no stream.</param>
/// <param name="Suppression">The cause for which the change was suppressed.</param>
public readonly record struct MapPublishResult(StreamPosition Position, MapSuppression Suppression = MapSuppression.None);
