using System.Globalization;

namespace Showcase.Hosting;

/// <summary>
/// Checks the process's limit of open files and sockets. A runtime that exceeds the limit while it loads code or starts a
/// thread aborts without a message, so the check precedes everything else.
/// </summary>
public static class DescriptorLimit
{
    /// <summary>The minimum number of file descriptors: those of an idle server and a reserve for some visitors.</summary>
    public const int Minimum = 512;

    /// <summary>Returns a message that describes a limit that is too low and its remedy, or null when the limit suffices.</summary>
    /// <param name="limits">The text of <c>/proc/self/limits</c> (proc_pid_limits(5)).</param>
    public static string? Problem(string limits)
    {
        const string name = "Max open files";
        var line = limits.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var soft = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Minimum
            ? $"The limit of open files is {number}, and the showcase needs {Minimum}: raise the limit with ulimit -n."
            : null;
    }

    /// <summary>Returns the message for this process; null also on systems without <c>/proc/self/limits</c>.</summary>
    public static string? Problem()
    {
        const string file = "/proc/self/limits";
        return File.Exists(file) ? Problem(File.ReadAllText(file)) : null;
    }
}
