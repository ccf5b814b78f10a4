using System.Net;
using System.Threading.Channels;
using Duplex.Messaging;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Microsoft.Extensions.Options;
using Showcase.Judge.Problems;
using Showcase.Judge.Runs;
using Showcase.Judge.Sandbox;

namespace Showcase.Judge;

/// <summary>Accepts programs, executes them one at a time, and publishes each step. Safe from any thread.</summary>
internal sealed partial class JudgeService(
    RunStore store, ProblemSet problems, SolutionNews news, IHub hub, IOptions<JudgeOptions> options, ILogger<JudgeService> logger) : BackgroundService
{
    private const int RetainedEnded = 200;
    private static readonly PublishOptions WithoutHistory = new() { SkipHistory = true };

    private readonly Lock _lock = new();
    private readonly RunQueue _queue = new(options.Value.MaxWaiting, options.Value.WaitingPerUser);
    private readonly Dictionary<string, Run> _runs = [];
    private readonly Queue<string> _ended = new();
    private readonly SemaphoreSlim _waiting = new(0);

    // Steps are added and queued here under the lock, so that they are published in their order.
    private readonly Channel<Func<ValueTask>> _publications = Channel.CreateUnbounded<Func<ValueTask>>(new() { SingleReader = true });
    private readonly TaskCompletionSource<(JudgeMode? Mode, IReadOnlyList<Uri> Addresses)> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _chosen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Run? _running;

    /// <summary>The state; off until the sandbox has been checked.</summary>
    public JudgeState State { get; private set; } = new(false, false, "The judge is starting: try again in a moment.");

    /// <summary>Completes when the sandbox has been checked.</summary>
    public Task Chosen => _chosen.Task;

    /// <summary>The number of runs in memory.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _runs.Count;
        }
    }

    /// <summary>The numbers of runs that wait and that are executed.</summary>
    public QueueState QueueState
    {
        get
        {
            lock (_lock) return new(_queue.Count, _running is null ? 0 : 1);
        }
    }

    /// <summary>Starts the judge.</summary>
    /// <param name="mode">The mode that the operator chose; null for the default.</param>
    /// <param name="addresses">The addresses on which the server listens.</param>
    public void Start(JudgeMode? mode, IEnumerable<string> addresses) =>
        _started.TrySetResult((mode, [.. addresses.Select(static address => new Uri(address))]));

    /// <summary>Accepts a program.</summary>
    /// <returns>The run's id: that of the earlier submission when the user has sent one with the same client id.</returns>
    /// <exception cref="ClientException">503 when the judge is off, 429 when too many runs wait.</exception>
    public string Submit(Submission sent)
    {
        lock (_lock)
        {
            if (store.Find(sent.User, sent.ClientId) is { } earlier) return earlier.Id;
            if (!State.IsOn) throw new ClientException(503, State.Sentence, isTemporary: true);
            if (_queue.Refusal(sent.User) is { } refusal) throw new ClientException(429, refusal, isTemporary: true);
            store.Add(sent);
            Enqueue(sent);
            return sent.Id;
        }
    }

    /// <summary>Cancels a run of a user; nothing happens when it is another's or has a verdict.</summary>
    public void Cancel(string id, string user)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(id, out var run) || run.Submission.User != user) return;
            run.Cancel();
            if (_queue.Remove(run)) End(run, new(0, RunState.Done, run.Tests, Verdict: Verdict.Cancelled));
        }
    }

    /// <summary>Returns a run that is in memory, or null.</summary>
    public Run? Find(string? id)
    {
        lock (_lock) return _runs.GetValueOrDefault(id ?? "");
    }

    /// <summary>Returns the place of a run in the queue, from 1; 0 when it does not wait.</summary>
    public int PlaceOf(Run run)
    {
        lock (_lock) return _queue.InOrder().ToList().IndexOf(run) + 1;
    }

    public override void Dispose()
    {
        base.Dispose();
        _waiting.Dispose();
        foreach (var run in _runs.Values) run.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var publishing = PublishAsync(stoppingToken);
        try
        {
            var (mode, addresses) = await _started.Task.WaitAsync(stoppingToken);
            if (await ChooseAsync(mode, addresses, stoppingToken) is { } command) await ExecuteRunsAsync(command, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Runs without a verdict are executed after the next start.
        }
        catch (Exception exception)
        {
            // The other applications go on.
            JudgeStopped(exception);
            lock (_lock) State = new(false, false, "The judge executes no programs: it has stopped after a fault of its own, which the server's log contains.");
        }

        _chosen.TrySetResult();

        await publishing;
    }

    private async Task<SandboxCommand?> ChooseAsync(JudgeMode? mode, IReadOnlyList<Uri> addresses, CancellationToken stop)
    {
        var command = SandboxCommand.Confined();
        string? problem = null;
        using var starter = new WorkerStarter();
        if (mode != JudgeMode.Off) problem = await SandboxProbe.ProblemAsync(starter, command, ReachableAt(addresses[0]), stop);
        var state = JudgeState.Of(mode, problem, addresses.All(static address => address.IsLoopback));
        if (state is { IsOn: true, IsConfined: false } && await SandboxProbe.FailureAsync(starter, SandboxCommand.Bare(), stop) is { } failure)
            state = JudgeState.Broken(failure);
        if (state is { IsOn: true, IsConfined: false } or { IsOn: false } && mode != JudgeMode.Off) SandboxFailed(state.Sentence);
        lock (_lock)
        {
            if (state.IsOn)
            {
                foreach (var unfinished in store.Unfinished()) Enqueue(unfinished);
            }

            State = state;
        }

        _chosen.TrySetResult();

        return !state.IsOn ? null : state.IsConfined ? command : SandboxCommand.Bare();
    }

    private static IPEndPoint ReachableAt(Uri address) => new(
        IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any) ? ip : IPAddress.Loopback,
        address.Port);

    private async Task ExecuteRunsAsync(SandboxCommand command, CancellationToken stop)
    {
        await using var reserve = new WorkerReserve(command);
        reserve.Prepare();
        while (true)
        {
            await _waiting.WaitAsync(stop);
            Run? run;
            lock (_lock)
            {
                run = _running = _queue.Take();
                if (run is null) continue;
                Add(run, new(0, RunState.Running, run.Tests));
                PublishQueue();
            }

            var last = await ExecuteAsync(reserve, run, stop);
            lock (_lock)
            {
                _running = null;
                End(run, last);
            }
        }
    }

    private async Task<RunStep> ExecuteAsync(WorkerReserve reserve, Run run, CancellationToken stop)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(run.Cancelled, stop);
        var none = new RunStep(0, RunState.Done, run.Tests);
        try
        {
            await using var worker = await reserve.TakeAsync(cancel.Token);
            return await RunExecution.ExecuteAsync(worker, run.Submission, problems.Find(run.Submission.Problem)!, step => Report(run, step), cancel.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return none with { Verdict = Verdict.Cancelled };
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            RunFailed(exception);
            return none with { Verdict = Verdict.Fault, Message = "The judge failed: send the program again." };
        }
    }

    private void Report(Run run, RunStep step)
    {
        lock (_lock) Add(run, step);
    }

    // The methods below are called under the lock.
    private void Enqueue(Submission sent)
    {
        // A problem that a newer version has no more.
        if (problems.Find(sent.Problem) is not { } problem)
        {
            store.Finish(sent.Id, new(1, RunState.Done, 0, Verdict: Verdict.Cancelled));
            return;
        }

        var run = new Run(sent, problem.CasesOf(sent.SamplesOnly).Count);
        _runs[sent.Id] = run;
        _queue.Add(run);
        Add(run, new(0, RunState.Queued, run.Tests));
        PublishQueue();
        PublishOwn(run, null);
        _waiting.Release();
    }

    private void Add(Run run, RunStep step)
    {
        if (run.Add(step) is { } added) Publish(() => hub.PublishAsync(JudgeEndpoints.ChannelOf(run.Submission.Id), added));
    }

    private void End(Run run, RunStep last)
    {
        var sent = run.Submission;
        var isSolution = !sent.SamplesOnly && last.Verdict == Verdict.Accepted;
        var fastest = isSolution && store.Best(sent.Problem) is [var best, ..] ? best : null;
        store.Finish(sent.Id, last);
        Add(run, last);
        PublishQueue();
        PublishOwn(run, last.Verdict);
        if (!sent.SamplesOnly && last.Verdict is not (Verdict.Cancelled or Verdict.Fault))
        {
            var entry = new FeedEntry(sent.User, sent.Name, sent.Problem, last.Verdict!.Value, last.Ms, sent.Time);
            Publish(() => hub.PublishAsync("feed:all", entry));
        }

        if (isSolution)
        {
            Publish(() => hub.PublishAsync($"best:{sent.Problem}", new BestData(store.Best(sent.Problem))));
            news.Report(sent, last.Ms, fastest);
        }

        _ended.Enqueue(sent.Id);
        if (_ended.Count > RetainedEnded && _runs.Remove(_ended.Dequeue(), out var oldest)) oldest.Dispose();
    }

    private void PublishQueue()
    {
        var state = new QueueState(_queue.Count, _running is null ? 0 : 1);
        Publish(() => hub.PublishAsync("queue:all", state));
        var place = 0;
        foreach (var run in _queue.InOrder())
        {
            var now = new RunPlace(++place);
            Publish(() => hub.PublishAsync(JudgeEndpoints.ChannelOf(run.Submission.Id), now, WithoutHistory));
        }
    }

    private void PublishOwn(Run run, Verdict? verdict)
    {
        var notice = RunNotice.Of(run.Submission, verdict);
        Publish(() => hub.PublishAsync(JudgeEndpoints.RunsOf(run.Submission.User), notice, new() { Key = notice.Run }));
    }

    private void Publish<T>(Func<ValueTask<T>> publication) => _publications.Writer.TryWrite(async () => await publication());

    private async Task PublishAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var publication in _publications.Reader.ReadAllAsync(stop))
            {
                try
                {
                    await publication();
                }
                catch (Exception exception) when (!stop.IsCancellationRequested)
                {
                    StepNotPublished(exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops, and its clients are disconnected.
        }
    }

    [LoggerMessage(9100, LogLevel.Warning, "The sandbox of the judge does not work. {Sentence}")]
    private partial void SandboxFailed(string sentence);

    [LoggerMessage(9101, LogLevel.Error, "A step of a run was not published.")]
    private partial void StepNotPublished(Exception exception);

    [LoggerMessage(9102, LogLevel.Critical, "The judge has stopped: it executes no programs until the next start.")]
    private partial void JudgeStopped(Exception exception);

    [LoggerMessage(9103, LogLevel.Error, "The judge failed to execute a run.")]
    private partial void RunFailed(Exception exception);
}
