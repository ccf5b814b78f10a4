using Duplex.EventLoop.Interop;

namespace Duplex.EventLoop.Arrival;

/// <summary>How many connections there may be at once. Safe from any thread.</summary>
internal sealed class ConnectionBudget(long? max)
{
    private const int OpenFiles = 7;

    /// <summary>
    /// Limit: descriptors kept free of connections, for the runtime (which ends the process when it gets none for a new
    /// thread), listeners, files and outgoing connections; connections beyond are closed at once.
    /// </summary>
    private const int Reserve = 256;

    // What these may need beyond what is open when the server starts.
    private const int Growth = 128;

    // With so many, connections that the kernel accepts before it hears of the limit are covered too: as many as wait.
    private const int Plenty = 16 * 1024;
    private const int PlentyReserve = 2 * 1024;

    private readonly long _max = max ?? long.MaxValue;
    private long _taken;

    /// <summary>Connections there are.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>The most connections that the limit of open files leaves room for; null where there is none.</summary>
    public static unsafe long? OfOpenFiles()
    {
        var limits = stackalloc ulong[2];
        if (!OperatingSystem.IsLinux() || LibC.GetLimit(OpenFiles, limits) != 0 || limits[0] > int.MaxValue) return null;
        var limit = (long)limits[0];
        return Math.Max(limit / 8, limit - Math.Max(limit >= Plenty ? PlentyReserve : Reserve, Directory.GetFiles("/proc/self/fd").Length + Growth));
    }

    /// <summary>Whether the room is so small that the kernel should not accept ahead of us.</summary>
    public static bool IsScarce(long? room) => room < Plenty - PlentyReserve;

    /// <summary>Takes the place of one connection; false when there is none.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= _max) return true;
        Interlocked.Decrement(ref _taken);
        return false;
    }

    /// <summary>A connection has gone.</summary>
    public void Return() => Interlocked.Decrement(ref _taken);
}
