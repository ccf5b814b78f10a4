namespace Showcase.Social.Posts;

/// <summary>A part of a timeline, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Left">The exact number of further entries in the range that was read.</param>
/// <param name="Latest">The highest id of all posts and reposts; a page with a higher one has the posts of another store.</param>
public sealed record Page(IReadOnlyList<Entry> Entries, long Left, long Latest);
