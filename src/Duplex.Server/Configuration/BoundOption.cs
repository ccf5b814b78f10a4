using Duplex.Configuration;

namespace Duplex.Server.Configuration;

/// <summary>An option bound to its target.</summary>
/// <param name="Name">The option's name, prefixed by its path where it is nested.</param>
/// <param name="TrySet">Sets a value; returns false when the value is invalid.</param>
/// <param name="Fault">Returns the message for an invalid value.</param>
internal sealed record BoundOption(string Name, Func<RawValue, bool> TrySet, Func<RawValue, string> Fault)
{
    /// <summary>The range of a number or duration; null: the option is neither.</summary>
    public OptionRangeAttribute? Range { get; init; }

    /// <summary>Whether 0, which may lie outside <see cref="Range"/>, disables the option or stands for its default.</summary>
    public bool HasZero { get; init; }

    /// <summary>Whether the option, or section, belongs to other servers and is not supported here.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The reason why an option of other servers is not supported; null: the option is supported.</summary>
    public string? Reason { get; init; }

    /// <summary>The member that enables a section of other servers, without which its other members have no effect; null: there is none.</summary>
    public string? Switch { get; init; }

    /// <summary>Returns the warning for a value that has no effect here; null: there is none.</summary>
    public Func<RawValue, string?> Warning { get; init; } = static _ => null;

    /// <summary>Returns whether a name is that of a section that contains at least one of the options.</summary>
    public static bool IsSection(IEnumerable<BoundOption> options, string name) =>
        options.Any(option => option.Name.StartsWith(name + ".", StringComparison.Ordinal));

    /// <summary>Sets the value or reports its fault. An empty value of an option that does not accept one counts as absent.</summary>
    public void Set(RawValue value, string path, Findings findings)
    {
        if (IsSet(value))
        {
            if (Warning(value) is { } warning) findings.Warn($"{path}: {warning}");
        }
        else if (!value.IsEmpty)
        {
            findings.Fail($"{path}: {Fault(value)}");
        }
    }

    // JSON in a variable may contain an unpaired surrogate, which GetString rejects.
    private bool IsSet(RawValue value)
    {
        try
        {
            return TrySet(value);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
