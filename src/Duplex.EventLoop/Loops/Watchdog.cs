using Microsoft.Extensions.Logging;

namespace Duplex.EventLoop.Loops;

/// <summary>
/// Looks at the loops from outside: one that is busy and has not finished an item between two looks is held by a
/// handler, and every other connection of the loop waits. Said once for each time that it happens.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>How long a handler may take before it is mentioned.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly Loop[] _loops;
    private readonly long[] _steps;
    private readonly int[] _looks;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    public Watchdog(Loop[] loops, TimeProvider time, ILogger logger)
    {
        _loops = loops;
        _steps = new long[loops.Length];
        _looks = new int[loops.Length];
        _logger = logger;
        _timer = time.CreateTimer(static watchdog => ((Watchdog)watchdog!).Look(), this, Patience, Patience);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        for (var i = 0; i < _loops.Length; i++)
        {
            var steps = _loops[i].Steps;
            _looks[i] = _loops[i].IsBusy && steps == _steps[i] ? _looks[i] + 1 : 0;
            _steps[i] = steps;
            // The first look may have come just after the item began, the second cannot have.
            if (_looks[i] == 2) _logger.LoopHeld(i, (long)Patience.TotalMilliseconds);
        }
    }
}
