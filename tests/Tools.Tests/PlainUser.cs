using System.Globalization;

namespace Tools.Tests;

/// <summary>Somebody without the rights of root, whoever runs the tests.</summary>
internal static class PlainUser
{
    /// <summary>Runs what follows without any capability: root then has the rights of the files' owner alone.</summary>
    public static string[] Command { get; } = ["/usr/bin/setpriv", "--bounding-set", "-all", "--inh-caps", "-all", "--ambient-caps", "-all"];

    /// <summary>Whether the system keeps port 80 from plain users; containers often do not.</summary>
    public static bool HasPrivilegedPorts =>
        int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_unprivileged_port_start"), CultureInfo.InvariantCulture) > 80;
}
