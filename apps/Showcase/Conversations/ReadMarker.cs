namespace Showcase.Conversations;

/// <summary>The position up to which a user has read a room.</summary>
/// <param name="User">The user's id.</param>
/// <param name="Name">The user's name when the marker moved last.</param>
/// <param name="Id">The id of the last message that the user has read.</param>
public sealed record ReadMarker(string User, string Name, long Id);
