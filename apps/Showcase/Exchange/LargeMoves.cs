using System.Globalization;
using Showcase.Applications;
using Showcase.Exchange.Matching;

namespace Showcase.Exchange;

/// <summary>Finds large moves of prices for the news wire: at most four an hour, and one of each market.</summary>
internal sealed class LargeMoves
{
    private const int Minutes = 60;
    private const double Large = 0.01;
    private const long Pause = 15 * 60_000, PauseOfMarket = 60 * 60_000;

    private readonly Dictionary<string, long> _announced = [];

    /// <summary>Returns the announcement of the largest move within the last hour; null when none is large.</summary>
    /// <param name="venue">The exchange.</param>
    /// <param name="now">The present in Unix milliseconds.</param>
    public Announcement? Next(Venue venue, long now)
    {
        if (_announced.Values.Any(at => now - at < Pause)) return null;
        var moves = from market in venue.Markets
                    where now - _announced.GetValueOrDefault(market.Instrument.Symbol) >= PauseOfMarket
                    let move = MoveOf(market, venue.LiveSince)
                    where Math.Abs(move.Change) >= Large
                    select move;
        if (moves.MaxBy(static move => Math.Abs(move.Change)) is not { } largest) return null;
        _announced[largest.Instrument.Symbol] = now;
        return largest.Announce(now);
    }

    // The candles before the start of trading are generated: nothing happened in them.
    private static Move MoveOf(Market market, long since)
    {
        var candles = market.Data.Find("1m")!.Latest(Minutes).Where(candle => candle.OpenTime >= since).ToList();
        return candles.Count == 0 ? new(market.Instrument, 0, 1, 1) : new(market.Instrument, candles[0].OpenTime, candles[0].Open, candles[^1].Close);
    }

    private sealed record Move(Instrument Instrument, long Since, long From, long To)
    {
        public double Change => (double)(To - From) / From;

        public Announcement Announce(long now) => new(
            string.Create(CultureInfo.InvariantCulture, $"move {Instrument.Symbol} {now}"),
            "markets",
            string.Create(CultureInfo.InvariantCulture, $"{Instrument.Symbol} {(Change > 0 ? "rises" : "falls")} {Math.Abs(Change) * 100:0.0}% within an hour, to {Price(To)}"),
            string.Create(CultureInfo.InvariantCulture, $"The price was {Price(From)} at {DateTimeOffset.FromUnixTimeMilliseconds(Since):HH:mm} UTC. Most traders of this exchange are simulated."),
            $"/exchange/{Instrument.Symbol}");

        private string Price(long ticks) => FixedPoint.Format(ticks, Instrument.PriceDecimals);
    }
}
