using System.Globalization;

namespace Duplex.Configuration;

/// <summary>The range of an option that is a whole number.</summary>
/// <param name="min">The least value.</param>
/// <param name="max">The greatest value.</param>
/// <param name="unit">The plural of what the option counts, such as "bytes"; empty for a bare number.</param>
public sealed class NumberRangeAttribute(long min, long max, string unit = "") : OptionRangeAttribute
{
    /// <summary>The least value.</summary>
    public long Min => min;

    /// <summary>The greatest value.</summary>
    public long Max => max;

    /// <summary>The plural of what the option counts, such as "bytes"; empty for a bare number.</summary>
    public string Unit => unit;

    private protected override string Bounds => string.Create(CultureInfo.InvariantCulture, $"from {min} to {max}{Suffix}");

    private protected override string DocumentedBounds => string.Create(CultureInfo.InvariantCulture, $"{min:N0} to {max:N0}{Suffix}");

    private string Suffix => unit.Length == 0 ? "" : " " + unit;

    private protected override bool IsBetween(object value) =>
        Convert.ToInt64(value, CultureInfo.InvariantCulture) is var number && number >= min && number <= max;
}
