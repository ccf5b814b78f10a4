namespace Showcase.Exchange.Streams;

/// <summary>Publishes the market streams of all symbols. Used by the writer of the exchange, apart from the directory.</summary>
public sealed class ExchangeStreams
{
    private readonly AllMarketStreams _all;
    private MarketStreams[] _markets = [];
    private long _before;

    public ExchangeStreams() => _all = new AllMarketStreams(Directory);

    /// <summary>The streams by name.</summary>
    internal StreamDirectory Directory { get; } = new();

    /// <summary>Observes the markets of a venue. Called once, before the first connection.</summary>
    public void Attach(Venue venue, long now)
    {
        _before = now;
        _markets = [.. venue.Markets.Select(market => new MarketStreams(market, Directory))];
        foreach (var (market, streams) in venue.Markets.Zip(_markets)) market.Data.Observer = streams;
    }

    /// <summary>Publishes what is due. Called between commands, so a book that applies the changes is never crossed.</summary>
    public void Publish(long now)
    {
        var due = new DuePeriods(now, _before);
        if (!due.Tenth) return;
        _before = now;
        foreach (var market in _markets) market.Publish(due, _all);
        _all.Publish(due);
    }
}
