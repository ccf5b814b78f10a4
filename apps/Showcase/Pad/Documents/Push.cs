using System.Text.Json.Serialization;
using Showcase.Pad.Changes;

namespace Showcase.Pad.Documents;

/// <summary>Updates that one page made in sequence. Each raises the version of the document by one.</summary>
/// <param name="Version">The version to which the first update applies.</param>
/// <param name="Page">The id of the page.</param>
/// <param name="Number">The number that the page gave to the first update.</param>
/// <param name="Updates">The updates.</param>
internal sealed record Push(
    [property: JsonPropertyName("v")] long Version,
    [property: JsonPropertyName("c")] string Page,
    [property: JsonPropertyName("n")] long Number,
    [property: JsonPropertyName("u")] IReadOnlyList<ChangeSet> Updates)
{
    private const int SectionSize = 12;

    /// <summary>The version after the last update.</summary>
    [JsonIgnore]
    public long End => Version + Updates.Count;

    /// <summary>The number of characters that the updates insert.</summary>
    [JsonIgnore]
    public int Inserted => Updates.Sum(static update => update.Sections.Sum(static section => section.Text?.Length ?? 0));

    /// <summary>The approximate number of characters of the updates in JSON.</summary>
    [JsonIgnore]
    public int Size => Inserted + (SectionSize * Updates.Sum(static update => 1 + update.Sections.Count));
}
