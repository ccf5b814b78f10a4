using System.Text.Json.Serialization;

namespace Showcase.News.Stories;

/// <summary>A story of the wire. All of its texts are plain.</summary>
/// <param name="Id">The id.</param>
/// <param name="Revision">The number of changes. Of two states of a story, the one with the higher revision is newer.</param>
/// <param name="Title">The headline.</param>
/// <param name="Summary">The summary; may be empty.</param>
/// <param name="Source">The id of the source.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Time">The time of the story, in Unix milliseconds; never in the future of its arrival.</param>
public sealed record Story(long Id, long Revision, string Title, string Summary, string Source, string Topic, long Time)
{
    /// <summary>The address or path of the whole story.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    /// <summary>The language (BCP 47).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Lang { get; init; }

    /// <summary>Whether the story is sent to every reader, whatever the reader has chosen.</summary>
    [JsonPropertyName("breaking")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBreaking { get; init; }

    /// <summary>The ids of the further sources with the same story.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Also { get; init; }

    /// <summary>The id of the visitor who wrote the story.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? User { get; init; }

    /// <summary>The name of the visitor who wrote the story.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The id that the author's page generated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientId { get; init; }

    /// <summary>The time of the latest correction, in Unix milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Corrected { get; init; }

    /// <summary>The headline before the latest correction.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WasTitle { get; init; }

    /// <summary>The summary before the latest correction.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WasSummary { get; init; }

    /// <summary>The reason for which the story was retracted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Retracted { get; init; }

    /// <summary>The time of the retraction, in Unix milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? RetractedAt { get; init; }

    /// <summary>Returns the story with other words and what they were before.</summary>
    public Story Correct(string title, string summary, long now) => this with
    {
        Title = title,
        Summary = summary,
        Corrected = now,
        WasTitle = title == Title ? null : Title,
        WasSummary = summary == Summary ? null : Summary,
    };

    /// <summary>Returns the story as a retracted one.</summary>
    public Story Retract(string reason, long now) => this with { Retracted = reason, RetractedAt = now };
}
