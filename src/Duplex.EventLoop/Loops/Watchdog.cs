using Microsoft.Extensions.Logging;

namespace Duplex.EventLoop.Loops;

/// <summary>
/// Looks at the loops from outside: one that is busy and has not finished an item between two looks is held by a
/// handler, and every other connection of the loop waits. Said once for each time that it happens, between one and
/// two times the patience after it began. Of a loop that has just begun to work nothing is said: what takes its time
/// there is the compiler.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>How long a handler may take before it is mentioned.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <summary>Items of work after which a loop's code is compiled, as far as it matters here.</summary>
    public const int WarmUpSteps = 1000;

    private readonly Loop[] _loops;
    private readonly long[] _steps;
    private readonly bool[] _isHeld;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    public Watchdog(Loop[] loops, TimeProvider time, ILogger logger)
    {
        _loops = loops;
        _steps = new long[loops.Length];
        _isHeld = new bool[loops.Length];
        _logger = logger;
        _timer = time.CreateTimer(static watchdog => ((Watchdog)watchdog!).Look(), this, Patience, Patience);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        for (var i = 0; i < _loops.Length; i++)
        {
            // In this order: a turn that begins in between has counted its first step.
            var isBusy = _loops[i].IsBusy;
            var steps = _loops[i].Steps;
            // What was under way at the last look still is, so it has taken as long as looks are apart.
            var isHeld = isBusy && steps == _steps[i] && steps > WarmUpSteps;
            if (isHeld && !_isHeld[i]) _logger.LoopHeld(i, (long)Patience.TotalMilliseconds);
            _isHeld[i] = isHeld;
            _steps[i] = steps;
        }
    }
}
