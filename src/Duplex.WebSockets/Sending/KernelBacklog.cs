using System.Runtime.InteropServices;

namespace Duplex.WebSockets.Sending;

/// <summary>Reads how many bytes of a TCP socket the local kernel holds unsent.</summary>
internal static unsafe partial class KernelBacklog
{
    /// <summary>Linux: the unsent bytes of a socket (SIOCOUTQNSD in linux/sockios.h).</summary>
    private const nuint UnsentQueue = 0x894B;

    /// <summary>Returns the number of unsent bytes; 0 for a closed socket and on other systems, which have no such call.</summary>
    public static long UnsentBytes(nint descriptor)
    {
        if (!OperatingSystem.IsLinux()) return 0;
        int bytes;
        return Control((int)descriptor, UnsentQueue, &bytes) == 0 ? bytes : 0;
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, int* value);
}
