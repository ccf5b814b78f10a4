namespace Showcase.Board.Watching;

/// <summary>A list of a user.</summary>
/// <param name="Id">The id that the page generated.</param>
/// <param name="Name">The name.</param>
/// <param name="Symbols">The instruments in the order of the user.</param>
/// <param name="Version">The number of times it was stored.</param>
public sealed record WatchList(string Id, string Name, IReadOnlyList<string> Symbols, long Version);
