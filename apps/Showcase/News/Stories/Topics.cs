namespace Showcase.News.Stories;

/// <summary>The topics of the wire.</summary>
internal static class Topics
{
    /// <summary>All topics.</summary>
    public static IReadOnlyList<string> All { get; } = ["world", "technology", "science", "markets", "sport", "culture", "showcase"];

    /// <summary>Returns the topic with a name in any case; null when there is none.</summary>
    public static string? Find(string? name) => All.FirstOrDefault(topic => topic.Equals(name, StringComparison.OrdinalIgnoreCase));
}
