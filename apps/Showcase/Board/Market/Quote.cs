using System.Text.Json.Serialization;

namespace Showcase.Board.Market;

/// <summary>A quote as it goes over the wire, with short names because there are a thousand a second.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Price">The price as a decimal.</param>
/// <param name="Time">The time of the quote in Unix milliseconds.</param>
public sealed record Quote(
    [property: JsonPropertyName("s")] string Symbol,
    [property: JsonPropertyName("p")] string Price,
    [property: JsonPropertyName("t")] long Time);
