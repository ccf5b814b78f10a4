using Duplex.Configuration;

namespace Showcase.Social;

/// <summary>Options of the square.</summary>
public sealed class SocialOptions
{
    /// <summary>The maximum number of posts and replies retained; the oldest are removed with their likes and reposts. Default 20,000.</summary>
    [NumberRange(1, int.MaxValue, "posts")]
    public int MaxPosts { get; set; } = 20_000;

    /// <summary>The maximum number of relations between people; further ones are refused. Default 500,000.</summary>
    [NumberRange(1, int.MaxValue, "relations")]
    public int MaxRelations { get; set; } = 500_000;

    /// <summary>The maximum number of likes and reposts of all people; further ones are refused. Default 1,000,000.</summary>
    [NumberRange(1, int.MaxValue, "likes and reposts")]
    public int MaxMarks { get; set; } = 1_000_000;

    /// <summary>Whether the bots post and like while somebody watches. Default true.</summary>
    public bool Bots { get; set; } = true;
}
