namespace Duplex.AspNetCore.Tests.Hub.Faults;

/// <summary>Lets one part of the application at a time do what <see cref="FaultKind"/> says. Safe from any thread.</summary>
internal sealed class FaultScript(FaultKind kind)
{
    private readonly TaskCompletionSource _atLast = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Step _step = new("");
    private int _letIn;
    private int _left;

    /// <summary>Completes when the faulty part has been called.</summary>
    public Task Entered => _step.Entered.Task;

    /// <summary>Completes when the client of this step has left the hub.</summary>
    public Task Gone => _step.Gone.Task;

    public int LetIn => Volatile.Read(ref _letIn);

    public int Left => Volatile.Read(ref _left);

    public void Begin(string part) => _step = new Step(part);

    /// <summary>Lets what returns late return.</summary>
    public void Release() => _step.Late.TrySetResult();

    /// <summary>Lets what never returns return, because the test is over.</summary>
    public void ReleaseAll() => _atLast.TrySetResult();

    public void CountLetIn() => Interlocked.Increment(ref _letIn);

    public void CountLeft() => Interlocked.Increment(ref _left);

    /// <summary>Has the client's end noticed, and fail where that is the part.</summary>
    public void Watch(CancellationToken disconnected)
    {
        var step = _step;
        disconnected.Register(() => step.Gone.TrySetResult());
        if (step.Part != "callback") return;
        disconnected.Register(() =>
        {
            step.Entered.TrySetResult();
            throw new InvalidOperationException("A callback of the application fails.");
        });
    }

    /// <summary>Does what the script says where it is about this part, and nothing else.</summary>
    public ValueTask At(string part)
    {
        var step = _step;
        if (part != step.Part) return default;
        step.Entered.TrySetResult();
        var fault = new InvalidOperationException($"{part} fails.");
        return kind switch
        {
            FaultKind.Throws => throw fault,
            FaultKind.Fails => FailAsync(fault),
            FaultKind.ReturnsLate => new(step.Late.Task),
            _ => new(_atLast.Task),
        };
    }

    private static async ValueTask FailAsync(Exception fault)
    {
        await Task.Yield();
        throw fault;
    }

    private sealed class Step(string part)
    {
        public string Part => part;

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Late { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
