using Duplex.Configuration;
using Showcase.Exchange.Simulation;

namespace Showcase.Exchange;

/// <summary>Options of the exchange.</summary>
public sealed class ExchangeOptions
{
    /// <summary>The seed of the simulated participants and of the past candles. The same seed produces the same market.</summary>
    [NumberRange(0, int.MaxValue)]
    public int Seed { get; set; } = 1;

    /// <summary>The activity of the simulated participants. Default: normal.</summary>
    public MarketRate Rate { get; set; } = MarketRate.Normal;

    /// <summary>The maximum number of demo accounts; beyond it, the address with the most accounts loses its least recently used one. Default 2,000.</summary>
    [NumberRange(1, int.MaxValue, "accounts")]
    public int MaxAccounts { get; set; } = 2000;

    /// <summary>The maximum number of demo accounts per address; a further one replaces its least recently used one. Default 100.</summary>
    [NumberRange(1, int.MaxValue, "accounts")]
    public int MaxAccountsPerAddress { get; set; } = 100;

    /// <summary>The maximum number of resting orders per account. Default 200.</summary>
    [NumberRange(1, int.MaxValue, "orders")]
    public int MaxOpenOrders { get; set; } = 200;

    /// <summary>The maximum number of resting orders of all accounts of an address. Default 1,000.</summary>
    [NumberRange(1, int.MaxValue, "orders")]
    public int MaxOpenOrdersPerAddress { get; set; } = 1000;

    /// <summary>The maximum number of commands queued for the writer; further ones are rejected with 429. Default 4,096.</summary>
    [NumberRange(1, int.MaxValue, "commands")]
    public int QueueLength { get; set; } = 4096;
}
