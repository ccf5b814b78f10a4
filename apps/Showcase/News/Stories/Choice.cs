namespace Showcase.News.Stories;

/// <summary>What a reader has chosen. Breaking stories are part of every choice.</summary>
/// <param name="Topics">The topics; null for all.</param>
/// <param name="Hidden">The ids of sources to leave out; null for none.</param>
public sealed record Choice(IReadOnlyList<string>? Topics, IReadOnlyList<string>? Hidden)
{
    /// <summary>The choice of everything.</summary>
    public static Choice Everything { get; } = new(null, null);
}
