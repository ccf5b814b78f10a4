namespace Showcase.Sports.Matches;

/// <summary>A team with its squad, of which the first eleven begin the match.</summary>
internal sealed record Team(string Name, IReadOnlyList<Player> Players)
{
    /// <summary>The number of players who begin a match.</summary>
    public const int Starters = 11;

    /// <summary>Returns a player by the shirt number, or null.</summary>
    public Player? Find(int? number) => Players.FirstOrDefault(player => player.Number == number);
}
