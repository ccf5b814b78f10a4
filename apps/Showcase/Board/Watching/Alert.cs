using System.Globalization;
using System.Text.Json.Serialization;
using Showcase.Board.Market;

namespace Showcase.Board.Watching;

/// <summary>An alert of a user. It fires once and is kept until the user removes it.</summary>
/// <param name="Id">The id that the page generated.</param>
/// <param name="Symbol">The instrument.</param>
/// <param name="Side"><c>above</c> or <c>below</c>.</param>
/// <param name="Price">The price at which it fires, as a decimal.</param>
/// <param name="Created">The time from which it is evaluated, in Unix milliseconds.</param>
public sealed record Alert(string Id, string Symbol, string Side, string Price, long Created)
{
    /// <summary>The quote that fired it; null while it waits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quote? Fired { get; init; }

    /// <summary>Whether a price fires the alert.</summary>
    public bool IsReachedBy(decimal price) => Side == "above" ? price >= Level : price <= Level;

    private decimal Level => decimal.Parse(Price, CultureInfo.InvariantCulture);
}
