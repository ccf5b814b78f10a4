using System.Text.Json.Serialization;

namespace Showcase.Social.Posts;

/// <summary>A post, or a reply in the thread of one.</summary>
/// <param name="Id">The id. Ids of posts and of reposts are one sequence in the order of time.</param>
/// <param name="User">The author's id.</param>
/// <param name="Name">The author's name when the post was written.</param>
/// <param name="Text">The text; empty when the post was deleted.</param>
/// <param name="Time">The time at which the server received the post, in Unix milliseconds.</param>
/// <param name="ClientId">The id that the author's page generated for the post.</param>
public sealed record Post(long Id, string User, string Name, string Text, long Time, string ClientId)
{
    /// <summary>Whether a program of the showcase wrote the post.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Bot { get; init; }

    /// <summary>The post to which this one replies.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long? ReplyTo { get; init; }

    /// <summary>The name of the author to whom this post replies.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? ReplyName { get; init; }

    /// <summary>The post with which the thread of this reply begins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long? Thread { get; init; }

    /// <summary>The number of edits, and of deletions. Of two states of a post, the one with the higher revision is newer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Revision { get; init; }

    /// <summary>The time of the latest edit, in Unix milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long? Edited { get; init; }

    /// <summary>Whether the author has deleted the post.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Deleted { get; init; }

    /// <summary>The numbers of likes, reposts and replies.</summary>
    public Counts Counts { get; init; } = new();

    /// <summary>Whether the reader likes the post; false in publications, which many readers receive.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Liked { get; init; }

    /// <summary>Whether the reader has reposted the post; false in publications.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Reposted { get; init; }
}
