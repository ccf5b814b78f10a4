namespace Showcase.Social.Posts;

/// <summary>A text that a post had before an edit.</summary>
/// <param name="Text">The text.</param>
/// <param name="Time">The time at which the text was written, in Unix milliseconds.</param>
public sealed record PostVersion(string Text, long Time);
