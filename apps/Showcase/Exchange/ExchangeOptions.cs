using Showcase.Exchange.Simulation;

namespace Showcase.Exchange;

/// <summary>How the exchange runs.</summary>
public sealed class ExchangeOptions
{
    /// <summary>Seed of the simulated participants and of the past candles. The same seed gives the same market.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>How busy the simulated participants are. Default: normal.</summary>
    public MarketRate Rate { get; set; } = MarketRate.Normal;

    /// <summary>Demo accounts kept; the idlest gives way to a new one. Default 10,000.</summary>
    public int MaxAccounts { get; set; } = 10_000;

    /// <summary>Orders an account may have resting at a time. Default 200.</summary>
    public int MaxOpenOrders { get; set; } = 200;

    /// <summary>Commands that wait for the writer; more are refused with 429. Default 4096.</summary>
    public int QueueLength { get; set; } = 4096;
}
