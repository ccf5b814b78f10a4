namespace Showcase.Exchange.Simulation;

/// <summary>How busy the simulated participants are.</summary>
public enum MarketRate
{
    /// <summary>There are none: an empty market.</summary>
    Off,

    /// <summary>A pleasant pace.</summary>
    Normal,

    /// <summary>SOLUSDT makes at least 500 book changes and 100 trades a second; the others keep their pace.</summary>
    High,
}
