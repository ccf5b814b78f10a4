using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>A part of a map's entries, read in one atomic step with the position of its stream.</summary>
/// <param name="Entries">The latest publication of each key, in the requested order.</param>
/// <param name="Position">The stream's position and epoch; offset 0 and an empty epoch when there is no stream.</param>
/// <param name="Cursor">The start of the next page; empty after the last page.</param>
public sealed record MapStatePage(IReadOnlyList<Publication> Entries, StreamPosition Position, string Cursor);
