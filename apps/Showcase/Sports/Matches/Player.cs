namespace Showcase.Sports.Matches;

/// <summary>A player with the shirt number, which is unique in the team.</summary>
internal sealed record Player(int Number, string Name);
