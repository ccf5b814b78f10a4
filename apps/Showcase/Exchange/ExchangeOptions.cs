using Showcase.Exchange.Simulation;

namespace Showcase.Exchange;

/// <summary>How the exchange runs.</summary>
public sealed class ExchangeOptions
{
    /// <summary>Seed of the simulated participants and of the past candles. The same seed gives the same market.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>How busy the simulated participants are. Default: normal.</summary>
    public MarketRate Rate { get; set; } = MarketRate.Normal;

    /// <summary>Demo accounts kept in all; beyond, the address with most of them gives up its idlest. Default 2,000; at least 1.</summary>
    public int MaxAccounts { get; set; } = 2000;

    /// <summary>Demo accounts an address may open; a further one takes the place of its idlest. Default 100; at least 1.</summary>
    public int MaxAccountsPerAddress { get; set; } = 100;

    /// <summary>Orders an account may have resting at a time. Default 200; at least 1.</summary>
    public int MaxOpenOrders { get; set; } = 200;

    /// <summary>Orders all accounts of an address may have resting at a time. Default 1,000; at least 1.</summary>
    public int MaxOpenOrdersPerAddress { get; set; } = 1000;

    /// <summary>Commands that wait for the writer; more are refused with 429. Default 4,096; at least 1.</summary>
    public int QueueLength { get; set; } = 4096;

    internal bool AreValid =>
        MaxAccounts >= 1 && MaxAccountsPerAddress >= 1 && MaxOpenOrders >= 1 && MaxOpenOrdersPerAddress >= 1 && QueueLength >= 1;
}
