using Showcase.Exchange.Simulation;

namespace Showcase.Exchange;

/// <summary>Options of the exchange.</summary>
public sealed class ExchangeOptions
{
    /// <summary>The seed of the simulated participants and of the past candles. The same seed produces the same market.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The activity of the simulated participants. Default: normal.</summary>
    public MarketRate Rate { get; set; } = MarketRate.Normal;

    /// <summary>The maximum number of demo accounts; beyond it, the address with the most accounts loses its least recently used one. Default 2,000; at least 1.</summary>
    public int MaxAccounts { get; set; } = 2000;

    /// <summary>The maximum number of demo accounts per address; a further one replaces its least recently used one. Default 100; at least 1.</summary>
    public int MaxAccountsPerAddress { get; set; } = 100;

    /// <summary>The maximum number of resting orders per account. Default 200; at least 1.</summary>
    public int MaxOpenOrders { get; set; } = 200;

    /// <summary>The maximum number of resting orders of all accounts of an address. Default 1,000; at least 1.</summary>
    public int MaxOpenOrdersPerAddress { get; set; } = 1000;

    /// <summary>The maximum number of commands queued for the writer; further ones are rejected with 429. Default 4,096; at least 1.</summary>
    public int QueueLength { get; set; } = 4096;

    internal bool AreValid =>
        MaxAccounts >= 1 && MaxAccountsPerAddress >= 1 && MaxOpenOrders >= 1 && MaxOpenOrdersPerAddress >= 1 && QueueLength >= 1;
}
