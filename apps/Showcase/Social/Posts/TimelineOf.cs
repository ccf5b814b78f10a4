namespace Showcase.Social.Posts;

/// <summary>Which timeline is read: the posts of everybody, the reader's home, those of one person, or those with a tag.</summary>
public sealed record TimelineOf
{
    /// <summary>The posts of everybody, without reposts.</summary>
    public static TimelineOf All { get; } = new();

    /// <summary>The posts and reposts of the reader and of those whom the reader follows.</summary>
    public static TimelineOf Home { get; } = new() { IsHome = true };

    /// <summary>Whether it is the reader's home.</summary>
    public bool IsHome { get; init; }

    /// <summary>The person whose posts and reposts it has.</summary>
    public string? User { get; init; }

    /// <summary>The tag of its posts.</summary>
    public string? Tag { get; init; }
}
