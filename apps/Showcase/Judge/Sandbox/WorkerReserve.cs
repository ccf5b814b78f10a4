namespace Showcase.Judge.Sandbox;

/// <summary>Keeps one worker in reserve, so that a run does not wait for the start of a process. Used by one caller at a time.</summary>
internal sealed class WorkerReserve(SandboxCommand command) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    private readonly WorkerStarter _starter = new();
    private Task<WorkerProcess>? _spare;

    /// <summary>Starts the worker in reserve.</summary>
    public void Prepare() => _spare ??= _starter.StartAsync(command);

    /// <summary>Returns a worker that is ready, and starts the next.</summary>
    /// <exception cref="WorkerException">The worker did not start.</exception>
    public async Task<WorkerProcess> TakeAsync(CancellationToken cancellationToken)
    {
        Prepare();
        var spare = _spare!;
        _spare = null;
        var worker = await spare;
        if (worker.HasEnded)
        {
            await worker.DisposeAsync();
            worker = await _starter.StartAsync(command);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        try
        {
            await worker.ReadyAsync(limit.Token);
            Prepare();
            return worker;
        }
        catch (Exception exception)
        {
            await worker.DisposeAsync();
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new WorkerException($"The judge's worker did not start within {StartLimit.TotalSeconds} s.");
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // First the worker: the kernel ends it when the starter's thread ends, and it may be starting.
        if (_spare is { } spare)
        {
            await ((Task)spare).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (spare.IsCompletedSuccessfully) await spare.Result.DisposeAsync();
        }

        _starter.Dispose();
    }
}
