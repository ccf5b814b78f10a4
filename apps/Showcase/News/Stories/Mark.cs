namespace Showcase.News.Stories;

/// <summary>A change of a user's read marks.</summary>
/// <param name="Ids">The ids of the stories.</param>
/// <param name="IsRead">Whether they are read.</param>
public sealed record Mark(IReadOnlyList<long> Ids, bool IsRead);
