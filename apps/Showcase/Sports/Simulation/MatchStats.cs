namespace Showcase.Sports.Simulation;

/// <summary>The statistics of a match up to a minute, each by side.</summary>
/// <param name="Possession">The shares of the ball in percent.</param>
/// <param name="Shots">The shots.</param>
/// <param name="OnTarget">The shots on target.</param>
/// <param name="Corners">The corners.</param>
/// <param name="Fouls">The fouls.</param>
/// <param name="Pressure">The pressure of each minute from -100 (all of it by the away team) to 100.</param>
internal sealed record MatchStats(
    IReadOnlyList<int> Possession, IReadOnlyList<int> Shots, IReadOnlyList<int> OnTarget, IReadOnlyList<int> Corners, IReadOnlyList<int> Fouls,
    IReadOnlyList<int> Pressure);
