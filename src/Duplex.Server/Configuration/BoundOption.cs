namespace Duplex.Server.Configuration;

/// <summary>An option together with what it is set on.</summary>
/// <param name="Name">Its name, with the path before it where it is nested.</param>
/// <param name="TrySet">Sets the value; false when it is not of the right kind.</param>
/// <param name="Fault">What is said of a value that is not of the right kind.</param>
/// <param name="IsRefused">Whether it is an option of other servers, or a section of them, that is not here.</param>
internal sealed record BoundOption(string Name, Func<RawValue, bool> TrySet, Func<RawValue, string> Fault, bool IsRefused = false)
{
    /// <summary>Whether a name is that of a section in which some of the options are.</summary>
    public static bool IsSection(IEnumerable<BoundOption> options, string name) =>
        options.Any(option => option.Name.StartsWith(name + ".", StringComparison.Ordinal));
}
