namespace Duplex.Server.Configuration;

/// <summary>An option together with what it is set on.</summary>
/// <param name="Name">Its name, with the path before it where it is nested.</param>
/// <param name="TrySet">Sets the value; false when it is not of the right kind.</param>
/// <param name="Fault">What is said of a value that is not of the right kind.</param>
internal sealed record BoundOption(string Name, Func<RawValue, bool> TrySet, Func<RawValue, string> Fault)
{
    /// <summary>Whether it is an option of other servers, or a section of them, that is not here.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Why an option of other servers is not here; null: it is.</summary>
    public string? Reason { get; init; }

    /// <summary>The member that switches a section of other servers on, without which nothing else in it does anything; null: there is none.</summary>
    public string? Switch { get; init; }

    /// <summary>What is said of a value that has no effect here; null: nothing.</summary>
    public Func<RawValue, string?> Warning { get; init; } = static _ => null;

    /// <summary>Whether a name is that of a section in which some of the options are.</summary>
    public static bool IsSection(IEnumerable<BoundOption> options, string name) =>
        options.Any(option => option.Name.StartsWith(name + ".", StringComparison.Ordinal));

    /// <summary>Sets the value, or reports what is wrong with it. One that is empty where nothing can be empty counts as left out.</summary>
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

    // JSON in a variable may hold half of a surrogate pair, which is no text.
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
