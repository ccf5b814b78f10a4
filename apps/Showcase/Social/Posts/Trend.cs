namespace Showcase.Social.Posts;

/// <summary>A tag and the number of people who have used it lately.</summary>
public sealed record Trend(string Tag, long People);
