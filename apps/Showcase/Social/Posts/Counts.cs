using System.Text.Json.Serialization;

namespace Showcase.Social.Posts;

/// <summary>The numbers of a post. The version increases with each change of one of them.</summary>
public sealed record Counts(
    [property: JsonPropertyName("l")] long Likes = 0,
    [property: JsonPropertyName("r")] long Reposts = 0,
    [property: JsonPropertyName("c")] long Replies = 0,
    [property: JsonPropertyName("v")] long Version = 0);
