namespace Showcase.Conversations;

/// <summary>The beginning of a message to which another one replies.</summary>
/// <param name="User">The author's id.</param>
/// <param name="Name">The author's name.</param>
/// <param name="Text">The beginning of the text; empty when the message was deleted.</param>
public sealed record Quote(string User, string Name, string Text);
