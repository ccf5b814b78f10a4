namespace Showcase.Social.Posts;

/// <summary>A line of a timeline: a post, or the repost of one.</summary>
/// <param name="Id">The id of the post, or that of the repost.</param>
/// <param name="User">The author, or who has reposted the post.</param>
/// <param name="Name">The name of that person.</param>
/// <param name="Post">The post.</param>
public sealed record Entry(long Id, string User, string Name, Post Post);
