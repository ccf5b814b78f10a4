using System.Text.Json.Serialization;

namespace Showcase.Conversations;

/// <summary>A stored message. Ids count within a room, without gaps.</summary>
/// <param name="Id">The id within the room; 0 in a draft.</param>
/// <param name="Room">The name of the room.</param>
/// <param name="User">The author's id.</param>
/// <param name="Name">The author's name when the message was written.</param>
/// <param name="Text">The text; empty when the message was deleted.</param>
/// <param name="Time">The time at which the server received the message, in Unix milliseconds.</param>
/// <param name="ClientId">The id that the author's page generated for the message.</param>
public sealed record Message(long Id, string Room, string User, string Name, string Text, long Time, string ClientId)
{
    /// <summary>The id of the message to which this one replies.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReplyTo { get; init; }

    /// <summary>The message to which this one replies, as it is now; null when it is no longer retained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quote? Quote { get; init; }

    /// <summary>The number of changes. Of two states of a message, the one with the higher revision is newer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Revision { get; init; }

    /// <summary>The time of the latest edit, in Unix milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Edited { get; init; }

    /// <summary>Whether the author has deleted the message.</summary>
    [JsonPropertyName("deleted")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsDeleted { get; init; }

    /// <summary>The reactions; null when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Reaction>? Reactions { get; init; }
}
