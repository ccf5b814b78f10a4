using System.Text.Json.Serialization;

namespace Showcase.Sports.Matches;

/// <summary>A revision of an incident: an entry of a match's log.</summary>
/// <param name="Id">The number of the incident in its match, from 1. A correction has the id of what it corrects.</param>
/// <param name="Type">What it is.</param>
/// <param name="Side">The team of the player: 0 is at home, 1 away; null for phases and stoppage time.</param>
/// <param name="Player">The shirt number; of a substitution, of the player who leaves.</param>
/// <param name="Other">The shirt number of the assist, or of the player who enters.</param>
/// <param name="Period">The phase in which it happened, or which it begins.</param>
/// <param name="Minute">The minute of the match, which stays within the phase.</param>
/// <param name="Extra">The minute of stoppage time; 0: none.</param>
/// <param name="Added">The announced minutes of stoppage time.</param>
/// <param name="State">Its standing.</param>
/// <param name="Revision">The number of corrections before this one.</param>
/// <param name="Reason">The reason of the correction.</param>
/// <param name="Time">The time of this revision in Unix milliseconds.</param>
internal sealed record Incident(
    int Id, IncidentType Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Side,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Player,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Other,
    Phase Period, int Minute, int Extra,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Added,
    IncidentState State, int Revision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    long Time);
