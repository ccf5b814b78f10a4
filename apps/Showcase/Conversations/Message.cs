namespace Showcase.Conversations;

/// <summary>A stored message. Ids count within a room, without gaps.</summary>
/// <param name="Id">The id within the room; 0 in a draft.</param>
/// <param name="Room">The name of the room.</param>
/// <param name="User">The author's id.</param>
/// <param name="Name">The author's name when the message was written.</param>
/// <param name="Text">The text.</param>
/// <param name="Time">The time at which the server received the message, in Unix milliseconds.</param>
/// <param name="ClientId">The id that the author's page generated for the message.</param>
public sealed record Message(long Id, string Room, string User, string Name, string Text, long Time, string ClientId);
