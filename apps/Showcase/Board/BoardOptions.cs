using Duplex.Configuration;

namespace Showcase.Board;

/// <summary>Options of the watch board.</summary>
public sealed class BoardOptions
{
    /// <summary>The seed of the simulated prices. The same seed produces the same prices. Default 1.</summary>
    [NumberRange(0, int.MaxValue)]
    public int Seed { get; set; } = 1;

    /// <summary>The maximum number of lists of all users; the oldest are removed. Default 10,000.</summary>
    [NumberRange(1, 1_000_000, "lists")]
    public int MaxLists { get; set; } = 10_000;

    /// <summary>The maximum number of alerts of all users; the oldest are removed. Default 10,000.</summary>
    [NumberRange(1, 1_000_000, "alerts")]
    public int MaxAlerts { get; set; } = 10_000;
}
