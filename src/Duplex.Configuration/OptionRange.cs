using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Duplex.Configuration;

/// <summary>Finds the ranges of options.</summary>
internal static class OptionRange
{
    internal const DynamicallyAccessedMemberTypes Members = DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Returns the range of a number.</summary>
    /// <typeparam name="TOptions">The type of the options.</typeparam>
    /// <param name="property">The name of the option.</param>
    /// <exception cref="ArgumentException">There is no such option, or it has no such range.</exception>
    public static NumberRangeAttribute OfNumber<[DynamicallyAccessedMembers(Members)] TOptions>(string property) =>
        Of<TOptions, NumberRangeAttribute>(property);

    /// <summary>Returns the range of a time.</summary>
    /// <typeparam name="TOptions">The type of the options.</typeparam>
    /// <param name="property">The name of the option.</param>
    /// <exception cref="ArgumentException">There is no such option, or it has no such range.</exception>
    public static TimeRangeAttribute OfTime<[DynamicallyAccessedMembers(Members)] TOptions>(string property) =>
        Of<TOptions, TimeRangeAttribute>(property);

    private static TRange Of<[DynamicallyAccessedMembers(Members)] TOptions, TRange>(string property)
        where TRange : OptionRangeAttribute => typeof(TOptions).GetProperty(property)?.GetCustomAttribute<TRange>()
        ?? throw new ArgumentException($"{typeof(TOptions).Name}.{property} has no {typeof(TRange).Name}.", nameof(property));
}
