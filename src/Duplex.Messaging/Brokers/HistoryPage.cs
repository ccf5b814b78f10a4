using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>A part of a history, read in one atomic step with the stream's current position.</summary>
/// <param name="Publications">In the order asked for.</param>
/// <param name="Position">The stream's top and epoch.</param>
public sealed record HistoryPage(IReadOnlyList<Publication> Publications, StreamPosition Position);
