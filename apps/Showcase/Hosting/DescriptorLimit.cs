using System.Globalization;

namespace Showcase.Hosting;

/// <summary>
/// Checks how many files and sockets the process may have open. A runtime that runs out of them while it loads code or
/// starts a thread aborts, without a sentence of anybody's, so the check comes before all else.
/// </summary>
public static class DescriptorLimit
{
    /// <summary>What an idle server has open, and room for some visitors.</summary>
    public const int Least = 512;

    /// <summary>What is wrong with the limit and what to do about it, or null.</summary>
    /// <param name="limits">The text of <c>/proc/self/limits</c> (proc_pid_limits(5)).</param>
    public static string? Problem(string limits)
    {
        const string name = "Max open files";
        var line = limits.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var soft = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Least
            ? $"The system lets this process open {number} files, and the showcase needs {Least}: raise the limit with ulimit -n."
            : null;
    }

    /// <summary>The same of this process; null where there is no such file.</summary>
    public static string? Problem()
    {
        const string file = "/proc/self/limits";
        return File.Exists(file) ? Problem(File.ReadAllText(file)) : null;
    }
}
