namespace Showcase.Sports.Matches;

/// <summary>An incident before the rules have admitted it; its minute is that of the match's clock.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Side">The team of the player: 0 is at home, 1 away.</param>
/// <param name="Player">The shirt number; of a substitution, of the player who leaves.</param>
/// <param name="Other">The shirt number of the assist, or of the player who enters.</param>
/// <param name="Phase">The phase that begins.</param>
/// <param name="Added">The announced minutes of stoppage time.</param>
internal sealed record IncidentDraft(IncidentType Type, int? Side = null, int? Player = null, int? Other = null, Phase? Phase = null, int? Added = null);
