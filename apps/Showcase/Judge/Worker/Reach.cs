using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Showcase.Judge.Worker;

/// <summary>Finds out what this process can reach of the host. In a sandbox that works, it reaches nothing.</summary>
internal static class Reach
{
    private static readonly string[] Folders = ["/", "/app", "/dev", "/dev/shm", "/proc", "/tmp", "/usr", "/usr/lib", "/var/tmp"];

    /// <summary>Returns a sentence for each thing that must not be possible and is.</summary>
    public static IReadOnlyList<string> Of(ProbeJob probe) =>
    [
        .. new[] { "/etc/passwd", "/etc/hostname", "/proc/1/root/etc/passwd", probe.File }.Where(CanRead).Select(static file => $"It reads {file}."),
        .. Folders.Where(CanWrite).Select(static folder => $"It writes in {folder}."),
        .. CanConnect(probe) ? [$"It connects to port {probe.Port}."] : Array.Empty<string>(),
        .. Processes() is > 3 and var count ? [$"It sees {count} processes."] : Array.Empty<string>(),
        .. Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(static name => !name.StartsWith("DOTNET_", StringComparison.Ordinal) && name != "PWD")
            .Select(static name => $"It reads the environment variable {name}."),
    ];

    private static bool CanRead(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool CanWrite(string folder)
    {
        var path = Path.Combine(folder, $"judge-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(path, "x");
            File.Delete(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool CanConnect(ProbeJob probe)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Parse(probe.Address), probe.Port);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or NotSupportedException)
        {
            return false;
        }
    }

    // The init process of bubblewrap, this one, and nothing of the host.
    private static int Processes() => Directory.Exists("/proc")
        ? Directory.EnumerateDirectories("/proc").Count(static path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        : 0;
}
