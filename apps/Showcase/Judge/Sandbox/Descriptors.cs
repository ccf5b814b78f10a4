using System.Globalization;
using System.Runtime.InteropServices;

namespace Showcase.Judge.Sandbox;

/// <summary>Keeps the server's descriptors from the processes that it starts.</summary>
internal static class Descriptors
{
    private const int SetFlags = 2, CloseOnExec = 1, LastStandard = 2;

    /// <summary>
    /// Marks every descriptor of this process to be closed in programs that it starts. The runtime marks its own; those that
    /// this process has inherited, or that native code has opened, may not be marked.
    /// </summary>
    public static void CloseOnStart()
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (var path in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            var descriptor = int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture);
            if (descriptor > LastStandard) _ = Control(descriptor, SetFlags, CloseOnExec);
        }
    }

#pragma warning disable SYSLIB1054 // The generated code would need unsafe blocks, and nothing here needs marshalling.
    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command, int argument);
#pragma warning restore SYSLIB1054
}
