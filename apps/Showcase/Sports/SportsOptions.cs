using Duplex.Configuration;

namespace Showcase.Sports;

/// <summary>The options of the matches.</summary>
public sealed class SportsOptions
{
    /// <summary>The speed of the simulated matches: 12 plays a minute in 5 s. Default 12.</summary>
    [NumberRange(1, 60)]
    public int Speed { get; set; } = 12;

    /// <summary>The seed of the simulated matches. The same seed produces the same matches. Default 1.</summary>
    [NumberRange(0, int.MaxValue)]
    public int Seed { get; set; } = 1;

    /// <summary>The number of simulated matches at a time. Default 10.</summary>
    [NumberRange(0, 12, "matches")]
    public int Matches { get; set; } = 10;

    /// <summary>The number of finished matches that stay in the list. Default 10.</summary>
    [NumberRange(0, 100, "matches")]
    public int Finished { get; set; } = 10;

    /// <summary>The maximum number of friendlies; a further one is rejected with 429. Default 100.</summary>
    [NumberRange(1, 10_000, "matches")]
    public int MaxFriendlies { get; set; } = 100;

    /// <summary>The maximum number of friendlies of a person; a further one is rejected with 429. Default 3.</summary>
    [NumberRange(1, 100, "matches")]
    public int FriendliesPerPerson { get; set; } = 3;

    /// <summary>The time after which a friendly is removed. Default two hours.</summary>
    [TimeRange("00:00:01", "1.00:00:00")]
    public TimeSpan FriendlyLife { get; set; } = TimeSpan.FromHours(2);
}
