namespace Showcase.Sports.Matches;

/// <summary>What is known of a match before it begins.</summary>
/// <param name="Kind">Where its incidents come from.</param>
/// <param name="Competition">The name of the competition.</param>
/// <param name="IsCup">Whether the match needs a winner: extra time and a shoot-out follow a draw.</param>
/// <param name="KickOff">The time of the kick-off in Unix milliseconds.</param>
/// <param name="Rate">The speed of the match's clock: 12 plays a minute in 5 s.</param>
/// <param name="Home">The team at home.</param>
/// <param name="Away">The other team.</param>
/// <param name="Note">A sentence about the source of the data.</param>
internal sealed record MatchInfo(MatchKind Kind, string Competition, bool IsCup, long KickOff, double Rate, Team Home, Team Away, string Note)
{
    /// <summary>The teams by side.</summary>
    public Team Team(int side) => side == 0 ? Home : Away;
}
