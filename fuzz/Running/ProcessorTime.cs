using System.Runtime.InteropServices;

namespace Duplex.Fuzz.Running;

/// <summary>Measures the processor time of a thread, which is independent of other programs on the machine. clock_gettime(2).</summary>
public static partial class ProcessorTime
{
    private const int ThreadCpuTimeClock = 3;

    public static TimeSpan OfThisThread()
    {
        if (!OperatingSystem.IsLinux()) return TimeSpan.FromMilliseconds(Environment.TickCount64);
        _ = ClockGetTime(ThreadCpuTimeClock, out var time);
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
