namespace Showcase.Exchange.Simulation;

/// <summary>The activity of the simulated participants.</summary>
public enum MarketRate
{
    /// <summary>There are no simulated participants, and the market starts empty.</summary>
    Off,

    /// <summary>The participants trade at a moderate pace.</summary>
    Normal,

    /// <summary>SOLUSDT produces at least 500 book changes and 100 trades per second; the other symbols keep the normal pace.</summary>
    High,
}
