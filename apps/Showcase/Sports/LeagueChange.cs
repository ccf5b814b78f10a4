using Showcase.Sports.Matches;

namespace Showcase.Sports;

/// <summary>A change of the list: a match with a further entry of its log; without one, a match that was added or removed.</summary>
internal sealed record LeagueChange(Match Match, Incident? Entry);
