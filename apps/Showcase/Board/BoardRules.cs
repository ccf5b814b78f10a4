using System.Globalization;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Board.Market;
using Showcase.Board.Watching;
using Showcase.Exchange;
using Showcase.Visitors;

namespace Showcase.Board;

/// <summary>Validates the parameters of the board's calls. Each method returns the valid value or throws.</summary>
internal static class BoardRules
{
    public const int MaxLists = 20, MaxAlerts = 50;
    private const int MaxSymbols = 100, MaxName = 40, MaxPoints = 240, MaxPrices = 2400, MaxPriceLength = 16, MaxFactor = 100;

    public static Visitor Owner(ClientContext client) => Visitor.WithKey(client, "have lists and alerts");

    /// <summary>Returns the instruments of a subscription: those of a sector, those of a list, or all.</summary>
    public static IEnumerable<Instrument> Filtered(QuotesFilter? filter)
    {
        if (filter?.Symbols is { } symbols) return symbols.Count <= MaxSymbols ? symbols.Select(Universe.Find).OfType<Instrument>() : throw TooManySymbols();
        if (filter?.Sector is not { } sector) return Universe.All;
        return Universe.Sectors.Contains(sector) ? Universe.All.Where(instrument => instrument.Sector == sector)
            : throw new ClientException(404, $"There is no such sector: give one of {string.Join(", ", Universe.Sectors)}.");
    }

    public static Instrument Instrument(string? symbol) => Universe.Find(symbol)
        ?? throw new ClientException(404, "There is no such instrument: board.info lists them.");

    public static (IReadOnlyList<Instrument> Instruments, int Points) Past(PastParams past)
    {
        var points = past.Points is null or (>= 2 and <= MaxPoints) ? past.Points ?? 2 : throw new ClientException(400, $"points is out of range: 2 to {MaxPoints}.");
        var symbols = past.Symbols is { Count: > 0 } given ? given : throw new ClientException(400, "symbols is missing: give the symbols of instruments.");
        if (symbols.Count * points > MaxPrices) throw new ClientException(400, $"symbols and points request more than {MaxPrices} prices.");
        return ([.. symbols.Distinct().Select(Instrument)], points);
    }

    public static string Id(string? id) => id is { Length: >= 8 and <= 64 } && id.All(char.IsAsciiLetterOrDigit) ? id
        : throw new ClientException(400, "id must have 8 to 64 letters and digits: generate one for each list and alert.");

    public static WatchList List(SaveListParams save)
    {
        var name = save.Name?.Trim() is { Length: >= 1 and <= MaxName } trimmed && trimmed.All(static unit => !char.IsControl(unit)) ? trimmed
            : throw new ClientException(400, $"name must have 1 to {MaxName} visible characters.");
        var symbols = save.Symbols ?? throw new ClientException(400, "symbols is missing: give the symbols of the list.");
        if (symbols.Count > MaxSymbols) throw TooManySymbols();
        if (symbols.Any(static symbol => !IsKnown(symbol))) throw new ClientException(404, "A symbol of the list is unknown: board.info and exchange.info list them.");
        if (symbols.Distinct().Count() < symbols.Count) throw new ClientException(400, "symbols contains a symbol twice.");
        return save.Version is >= 0 and var version ? new(Id(save.Id), name, symbols, version)
            : throw new ClientException(400, "version must be the version of the list that was changed, and 0 for a new one.");
    }

    public static Alert Alert(AlertParams alert, long now)
    {
        var instrument = Instrument(alert.Symbol);
        var side = alert.Side is "above" or "below" ? alert.Side : throw new ClientException(400, "side must be above or below.");
        return new(Id(alert.Id), instrument.Symbol, side, Quotes.Text(instrument, Price(alert.Price, instrument)), now);
    }

    // A price that no quote of the instrument can have never fires, so it is a mistake.
    private static decimal Price(string? text, Instrument instrument)
    {
        var isDecimal = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && text!.Length <= MaxPriceLength;
        return isDecimal && price > 0 && price < (decimal)instrument.Anchor * MaxFactor && decimal.Round(price, instrument.Decimals) == price ? price
            : throw new ClientException(400, $"price must be a positive decimal with at most {instrument.Decimals} decimals, near the price of the instrument.");
    }

    private static bool IsKnown(string? symbol) =>
        Universe.Find(symbol) is not null || Listings.Instruments.Any(instrument => instrument.Symbol == symbol);

    private static ClientException TooManySymbols() => new(400, $"symbols has at most {MaxSymbols} symbols.");
}
