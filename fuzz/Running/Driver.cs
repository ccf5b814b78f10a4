using System.Diagnostics;
using Duplex.Fuzz.Targets;

namespace Duplex.Fuzz.Running;

/// <summary>Runs a target on mutated seeds and checks each input against the bounds of processor time and memory.</summary>
public sealed class Driver(IFuzzTarget target, string root, int seed)
{
    private static readonly TimeSpan MaxProcessorTime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxHang = TimeSpan.FromSeconds(20);

    private long _done;
    private byte[] _current = [];

    /// <summary>Reads the seeds of a target from its folder.</summary>
    public static IReadOnlyList<byte[]> SeedsOf(IFuzzTarget target, string root) =>
        [.. Directory.GetFiles(Path.Combine(root, "seeds", target.Name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    /// <summary>Runs this many inputs; equal seeds generate equal inputs.</summary>
    /// <returns>True if no input was a finding.</returns>
    public bool Run(long inputs)
    {
        var seeds = SeedsOf(target, root);
        foreach (var input in seeds) target.Run(input);

        using var watchdog = new Timer(Watch, null, MaxHang, MaxHang);
        var random = new Random(seed);
        var clock = Stopwatch.StartNew();
        var slowest = TimeSpan.Zero;
        long most = 0;
        for (var nextReport = TimeSpan.FromSeconds(5); _done < inputs; Interlocked.Increment(ref _done))
        {
            _current = target.Mutator.Next(random, seeds);
            try
            {
                var (time, bytes) = Measure(_current);
                slowest = time > slowest ? time : slowest;
                most = Math.Max(most, bytes);
            }
            catch (Exception exception)
            {
                return Fail(exception.ToString());
            }

            if (clock.Elapsed < nextReport) continue;
            Console.WriteLine($"{target.Name}: {_done:N0} inputs, {_done / clock.Elapsed.TotalSeconds:N0}/s, slowest {slowest.TotalMilliseconds:F2} ms, most {most:N0} bytes");
            nextReport = clock.Elapsed + TimeSpan.FromSeconds(5);
        }

        Console.WriteLine($"{target.Name}: {_done:N0} inputs, nothing found, in {clock.Elapsed.TotalSeconds:F0} s; slowest {slowest.TotalMilliseconds:F2} ms, most {most:N0} bytes allocated");
        return true;
    }

    private (TimeSpan Time, long Bytes) Measure(byte[] input)
    {
        var (time, bytes) = RunOnce(input);
        // A garbage collection or a compilation may occur in any run. A slow input is slow in every run.
        for (var again = 0; again < 3 && (time > MaxProcessorTime / 4 || bytes > Bound(input)); again++)
        {
            var (timeAgain, bytesAgain) = RunOnce(input);
            (time, bytes) = (timeAgain < time ? timeAgain : time, Math.Min(bytes, bytesAgain));
        }

        FindingException.Unless(time <= MaxProcessorTime, $"{time.TotalMilliseconds:F1} ms of processor time.");
        FindingException.Unless(bytes <= Bound(input), $"{bytes:N0} bytes allocated for an input of {input.Length:N0}.");
        return (time, bytes);
    }

    private long Bound(byte[] input) => 2 * input.Length + target.AllowedBytes;

    private (TimeSpan Time, long Bytes) RunOnce(byte[] input)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var time = ProcessorTime.OfThisThread();
        target.Run(input);
        return (ProcessorTime.OfThisThread() - time, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    private void Watch(object? state)
    {
        var done = Interlocked.Read(ref _done);
        Thread.Sleep(MaxHang / 2);
        if (Interlocked.Read(ref _done) != done) return;
        Fail($"The target did not return within {MaxHang.TotalSeconds / 2} s.");
        Environment.Exit(1);
    }

    private bool Fail(string what)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "crashes")).FullName;
        var file = Path.Combine(folder, $"{target.Name}-{seed}-{_done}");
        File.WriteAllBytes(file, _current);
        Console.Error.WriteLine($"{target.Name}: input {_done:N0} of seed {seed}, written to {file}{Environment.NewLine}{what}");
        return false;
    }
}
