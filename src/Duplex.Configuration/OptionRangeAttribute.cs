namespace Duplex.Configuration;

/// <summary>The inclusive range of an option. Validation, documentation and the stand-alone server read it from here.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class OptionRangeAttribute : Attribute
{
    private protected OptionRangeAttribute() { }

    /// <summary>The effect of null, as a noun: "no bound", "off". Null, the default: the option cannot be null.</summary>
    public string? Null { get; init; }

    /// <summary>Returns whether the range contains a value.</summary>
    /// <param name="value">The option's value; null where it has none.</param>
    /// <exception cref="InvalidCastException">The value has another type than the range.</exception>
    internal bool Contains(object? value) => value is null ? Null is not null : IsBetween(value);

    /// <summary>Returns the range as an error message states it: "from 1 to 100 bytes", "from 00:00:01 to 01:00:00, or null for no bound".</summary>
    internal string Describe() => Null is null ? Bounds : $"{Bounds}, or null for {Null}";

    /// <summary>Returns the range as documentation states it, with separators and units of time: "From 1 to 1,000 bytes."</summary>
    internal string Document() => Null is null ? $"From {DocumentedBounds}." : $"From {DocumentedBounds}, or null for {Null}.";

    private protected abstract string Bounds { get; }

    private protected abstract string DocumentedBounds { get; }

    private protected abstract bool IsBetween(object value);
}
