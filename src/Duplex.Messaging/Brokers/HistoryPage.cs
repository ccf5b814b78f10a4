using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>A part of a history, read in one atomic step with the stream's position.</summary>
/// <param name="Publications">The publications in the requested order.</param>
/// <param name="Position">The stream's position and epoch.</param>
public sealed record HistoryPage(IReadOnlyList<Publication> Publications, StreamPosition Position);
