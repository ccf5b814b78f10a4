namespace Showcase.Board.Market;

/// <summary>An invented instrument.</summary>
/// <param name="Number">Its position in the list of all instruments.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sector">The sector, with whose other instruments its price is correlated.</param>
/// <param name="Anchor">The price around which it moves.</param>
/// <param name="Decimals">The number of decimals of its price.</param>
/// <param name="Interval">The length of the intervals, in milliseconds, in each of which it is quoted once.</param>
internal sealed record Instrument(int Number, string Symbol, string Name, string Sector, double Anchor, int Decimals, int Interval);
