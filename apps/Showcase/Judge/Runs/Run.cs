using Showcase.Waiting;

namespace Showcase.Judge.Runs;

/// <summary>A run and its steps. Safe from any thread.</summary>
internal sealed class Run(Submission submission, int tests) : IDisposable
{
    private const int MaxWaiters = 16;

    private readonly Lock _lock = new();
    private readonly List<RunStep> _steps = [];
    private readonly CancellationTokenSource _cancel = new();
    private readonly Pulse _added = new();

    /// <summary>The program.</summary>
    public Submission Submission { get; } = submission;

    /// <summary>The number of tests.</summary>
    public int Tests { get; } = tests;

    /// <summary>The requests that wait for steps.</summary>
    public Waiters Waiters { get; } = new(MaxWaiters);

    /// <summary>Cancelled when the user cancels the run.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>The latest step; null before the first.</summary>
    public RunStep? Last
    {
        get
        {
            lock (_lock) return _steps.Count == 0 ? null : _steps[^1];
        }
    }

    /// <summary>Whether the run has a verdict.</summary>
    public bool IsDone => Last is { State: RunState.Done };

    /// <summary>Adds a step with the next number. A run that is done has no further step.</summary>
    public RunStep? Add(RunStep step)
    {
        lock (_lock)
        {
            if (_steps is [.., { State: RunState.Done }]) return null;
            _steps.Add(step = step with { N = _steps.Count + 1, Of = Tests });
            _added.Give();
            return step;
        }
    }

    /// <summary>Returns the steps after a number.</summary>
    public IReadOnlyList<RunStep> After(int number)
    {
        lock (_lock) return [.. _steps.Skip(Math.Max(number, 0))];
    }

    /// <summary>Waits for steps after a number; none when the run is done.</summary>
    public async Task<IReadOnlyList<RunStep>> NextAsync(int number, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task added;
            lock (_lock)
            {
                if (_steps.Count > number || _steps is [.., { State: RunState.Done }]) return After(number);
                added = _added.Next;
            }

            await added.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Cancels the run. What waits for it continues on the thread pool.</summary>
    public void Cancel() => _ = _cancel.CancelAsync();

    public void Dispose() => _cancel.Dispose();
}
