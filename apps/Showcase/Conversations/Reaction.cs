namespace Showcase.Conversations;

/// <summary>A reaction to a message.</summary>
/// <param name="Emoji">The emoji.</param>
/// <param name="User">The user's id.</param>
/// <param name="Name">The user's name.</param>
public sealed record Reaction(string Emoji, string User, string Name);
