using System.Globalization;

namespace Duplex.Configuration;

/// <summary>The range of an option that is a <see cref="TimeSpan"/>.</summary>
/// <param name="min">The least value, in the constant format: "00:00:00.001".</param>
/// <param name="max">The greatest value, in the constant format: "30.00:00:00".</param>
public sealed class TimeRangeAttribute(string min, string max) : OptionRangeAttribute
{
    /// <summary>The least value.</summary>
    public TimeSpan Min { get; } = Parse(min);

    /// <summary>The greatest value.</summary>
    public TimeSpan Max { get; } = Parse(max);

    private protected override string Bounds => $"from {TimeText.Constant(Min)} to {TimeText.Constant(Max)}";

    private protected override string DocumentedBounds => $"{TimeText.WithUnit(Min)} to {TimeText.WithUnit(Max)}";

    private protected override bool IsBetween(object value) => (TimeSpan)value >= Min && (TimeSpan)value <= Max;

    private static TimeSpan Parse(string text) => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture);
}
