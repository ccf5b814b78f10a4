using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Simulation;

/// <summary>
/// Drives the simulated participants of all markets in steps of a fixed length, so the same seed and the same times
/// produce the same orders.
/// </summary>
public sealed class MarketSimulation
{
    private const long StepMilliseconds = 50, MaxStepsAtOnce = 40;

    private readonly SimulatedMarket[] _markets;
    private long _done;

    public MarketSimulation(ExchangeOptions options, IReadOnlyList<Market> markets, Ledger ledger, long now)
    {
        _done = now;
        _markets = options.Rate == MarketRate.Off ? [] : [.. markets.Select((market, i) => new SimulatedMarket(
            market, ledger, Personality.Of(market.Instrument.Symbol, options.Rate), new Random(options.Seed + i), now))];
    }

    /// <summary>Executes the due steps. After a long pause of the machine, most of them are skipped.</summary>
    public void Advance(long now)
    {
        _done = Math.Max(_done, now - (MaxStepsAtOnce * StepMilliseconds));
        for (; _done + StepMilliseconds <= now; _done += StepMilliseconds)
            foreach (var market in _markets)
                market.Act(StepMilliseconds / 1000.0, now);
    }
}
