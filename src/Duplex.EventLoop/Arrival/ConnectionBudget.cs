using Duplex.EventLoop.Interop;

namespace Duplex.EventLoop.Arrival;

/// <summary>A limit on concurrent connections. Safe from any thread.</summary>
internal sealed class ConnectionBudget(long? max)
{
    private const int OpenFiles = 7;

    /// <summary>
    /// Limit: descriptors reserved for the runtime (which ends the process when none is free for a new thread), listeners,
    /// files and outgoing connections; connections beyond the rest are closed at once.
    /// </summary>
    private const int Reserve = 256;

    // Descriptors that these may open in addition to those open when the server starts.
    private const int Growth = 128;

    // From this limit on, the reserve also covers a full backlog that the kernel accepts before the loop reaches the limit.
    private const int Plenty = 16 * 1024;
    private const int PlentyReserve = 2 * 1024;

    private readonly long _max = max ?? long.MaxValue;
    private long _taken;

    /// <summary>Number of current connections.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Returns the most connections that the limit of open files (RLIMIT_NOFILE) allows; null where there is no limit.</summary>
    public static unsafe long? OfOpenFiles()
    {
        var limits = stackalloc ulong[2];
        if (!OperatingSystem.IsLinux() || LibC.GetLimit(OpenFiles, limits) != 0 || limits[0] > int.MaxValue) return null;
        var limit = (long)limits[0];
        return Math.Max(limit / 8, limit - Math.Max(limit >= Plenty ? PlentyReserve : Reserve, Directory.GetFiles("/proc/self/fd").Length + Growth));
    }

    /// <summary>Returns whether the limit is so low that the kernel must not accept connections ahead of the loop.</summary>
    public static bool IsScarce(long? room) => room < Plenty - PlentyReserve;

    /// <summary>Counts one connection; returns false when the limit is reached.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= _max) return true;
        Interlocked.Decrement(ref _taken);
        return false;
    }

    /// <summary>Releases one connection that <see cref="TryTake"/> counted.</summary>
    public void Return() => Interlocked.Decrement(ref _taken);
}
