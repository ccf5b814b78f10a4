using System.Diagnostics;
using LoadTool.Sockets;

namespace LoadTool.Measuring;

/// <summary>Measured part of a run, which starts after the warm-up and yields rates and the server's processor time per message.</summary>
internal sealed class Window(ServerProcess? server, TimeSpan warmUp, TimeSpan length, Poll? poll = null)
{
    private static readonly TimeSpan Reporting = TimeSpan.FromSeconds(1);

    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _nextReport = Reporting;
    private long _countAtReport;
    private long _opened;
    private long _countAtOpening;
    private (double User, double Kernel) _processorAtOpening;
    private TimeSpan _ownAtOpening;

    /// <summary>Opens the window when the warm-up is over, and reports progress every second. Returns true while the run continues.</summary>
    public bool Goes(long count)
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        if (_opened == 0 && elapsed >= warmUp)
        {
            _opened = Stopwatch.GetTimestamp();
            _countAtOpening = count;
            _processorAtOpening = server?.ProcessorSeconds() ?? default;
            _ownAtOpening = OwnWork();
        }

        if (elapsed >= _nextReport)
        {
            Console.Error.WriteLine($"{elapsed.TotalSeconds:0} s: {count - _countAtReport} in the last second");
            _nextReport += Reporting;
            _countAtReport = count;
        }

        return elapsed < warmUp + length;
    }

    public Result Close(string load, long count)
    {
        var seconds = Stopwatch.GetElapsedTime(_opened).TotalSeconds;
        var messages = count - _countAtOpening;
        var result = new Result(load)
        {
            ["messages_per_second"] = messages / seconds,
            ["generator_share"] = (OwnWork() - _ownAtOpening).TotalSeconds / seconds,
        };
        if (server is null || messages == 0) return result;
        var (user, kernel) = server.ProcessorSeconds();
        result["user_us_per_message"] = (user - _processorAtOpening.User) / messages * 1e6;
        result["kernel_us_per_message"] = (kernel - _processorAtOpening.Kernel) / messages * 1e6;
        result["processor_share"] = (user - _processorAtOpening.User + kernel - _processorAtOpening.Kernel) / seconds;
        result["resident_kib"] = server.ResidentKiB();
        return result;
    }

    // A generator that does not wait keeps its core busy polling; its own work is the remaining time.
    private TimeSpan OwnWork() => Environment.CpuUsage.TotalTime - (poll?.Spun ?? TimeSpan.Zero);
}
