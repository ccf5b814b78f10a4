using Microsoft.Extensions.Logging;

namespace Duplex.EventLoop.Loops;

/// <summary>
/// Checks the loops periodically: a loop that is busy and has finished no item between two checks is blocked by a
/// handler, and every other connection of the loop waits. The watchdog logs each occurrence once, between one and two
/// times <see cref="Patience"/> after it began. It skips loops that ran few items, where the JIT compiler causes the delay.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>The time between two checks, and the longest that a handler may run without a log entry.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <summary>The number of items that a loop runs before the watchdog checks it, because its code is compiled by then.</summary>
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
        _timer = time.CreateTimer(static watchdog => ((Watchdog)watchdog!).Check(), this, Patience, Patience);
    }

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        for (var i = 0; i < _loops.Length; i++)
        {
            // Read in this order: a turn that begins between the two reads has counted its first step.
            var isBusy = _loops[i].IsBusy;
            var steps = _loops[i].Steps;
            // The item that ran at the last check still runs, so it has taken at least one interval.
            var isHeld = isBusy && steps == _steps[i] && steps > WarmUpSteps;
            if (isHeld && !_isHeld[i]) _logger.LoopHeld(i, (long)Patience.TotalMilliseconds);
            _isHeld[i] = isHeld;
            _steps[i] = steps;
        }
    }
}
