using System.Text.Json.Serialization;

namespace Showcase.News.Feeds;

/// <summary>A source in the list of sources.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="About">What the source is, as a sentence.</param>
/// <param name="State">The outcome of the latest request.</param>
public sealed record SourceEntry(string Id, string Name, string About, SourceState State)
{
    /// <summary>The outcome in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Words { get; init; }

    /// <summary>The time of the latest request, in Unix milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Checked { get; init; }

    /// <summary>The time of the next request, in Unix milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Next { get; init; }

    /// <summary>The number of stories in the list.</summary>
    public long Stories { get; init; }
}
