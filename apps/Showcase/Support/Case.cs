using System.Text.Json.Serialization;

namespace Showcase.Support;

/// <summary>A visitor's conversation with the desk.</summary>
/// <param name="Id">The id, which is hard to guess.</param>
/// <param name="User">The visitor's id.</param>
/// <param name="Name">The visitor's name when the case was opened.</param>
/// <param name="Page">The path of the page on which the visitor asked.</param>
/// <param name="Opened">The time at which the case was opened, in Unix milliseconds.</param>
public sealed record Case([property: JsonPropertyName("case")] string Id, string User, string Name, string Page, long Opened)
{
    /// <summary>The state of the conversation.</summary>
    public CaseState State { get; init; }

    /// <summary>The time since which the visitor has waited for an agent, in Unix milliseconds. A case that returns to the queue keeps it.</summary>
    public long Since { get; init; } = Opened;

    /// <summary>The id of the agent who has the case.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Agent { get; init; }

    /// <summary>The name of the agent who has, or had, the case.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AgentName { get; init; }

    /// <summary>The beginning of the latest message of a person.</summary>
    public string Last { get; init; } = "";

    /// <summary>The id of the latest message.</summary>
    public long LastId { get; init; }

    /// <summary>The number of the visitor's messages since an agent last read or wrote.</summary>
    public int Unread { get; init; }

    /// <summary>The time since which the visitor's latest message has no answer, in Unix milliseconds; null when it has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Asked { get; init; }

    /// <summary>The visitor's rating, 1 to 5.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Rating { get; init; }

    /// <summary>The number of changes. Of two states of a case, the one with the higher revision is newer.</summary>
    public long Revision { get; init; }
}
