using Showcase.Exchange.Matching;

namespace Showcase.Exchange.Simulation;

/// <summary>The simulated participants of one symbol.</summary>
internal sealed class SimulatedMarket
{
    private const long QuoteStock = 5_000_000_000;

    private readonly FairPrice _price;
    private readonly MakerCrowd _makers;
    private readonly TakerCrowd _takers;

    public SimulatedMarket(Market market, Ledger ledger, Personality personality, Random random, long now)
    {
        _price = new FairPrice(personality, random);
        _makers = new MakerCrowd(market, OpenAccount(market, ledger, personality), personality, random);
        _takers = new TakerCrowd(market, OpenAccount(market, ledger, personality), personality, random);
        new PastCandles(market.Data, _price, market.Instrument, personality, random).Fill(now);
        _makers.Open(_price.Ticks, now);
    }

    public void Act(double seconds, long now)
    {
        _price.Advance(seconds);
        _takers.Act(_price, seconds, now);
        _makers.Act(_price.Ticks, seconds, now);
    }

    private static int OpenAccount(Market market, Ledger ledger, Personality personality)
    {
        var account = ledger.Open();
        ledger.Deposit(account, market.Instrument.Quote, Listings.Units(QuoteStock));
        ledger.Deposit(account, market.Instrument.Base, Listings.Units(personality.BaseStock));
        return account;
    }
}
