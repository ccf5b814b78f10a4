using Showcase.Judge.Problems;
using Showcase.Judge.Sandbox;
using Showcase.Judge.Worker;

namespace Showcase.Judge.Runs;

/// <summary>Executes a run with a worker and compares its results, which the worker cannot: it has only the inputs.</summary>
internal static class RunExecution
{
    private const int MaxShown = 500;
    private const long MaxKib = 1 << 30;

    /// <summary>The time that a worker has for all tests of a run.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(8);

    /// <summary>Executes a run and returns its last step.</summary>
    /// <param name="worker">A worker that is ready.</param>
    /// <param name="sent">The program.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="report">Is called with the step of each test that has passed.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public static async Task<RunStep> ExecuteAsync(
        WorkerProcess worker, Submission sent, Problem problem, Action<RunStep> report, CancellationToken cancellationToken)
    {
        var cases = problem.CasesOf(sent.SamplesOnly);
        var job = new WorkerJob(sent.Executed, Problem.Function, [.. cases.Select(static test => test.Input)]);
        var (sum, most, test) = (0.0, 0L, 1);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Deadline);
        try
        {
            await foreach (var line in worker.RunAsync(job, limit.Token))
            {
                var (ms, kib) = (Math.Clamp(line.Ms, 0, Deadline.TotalMilliseconds), Math.Clamp(line.Kib, 0, MaxKib));
                (sum, most) = (Math.Round(sum + ms, 1), Math.Max(most, kib));
                var step = new RunStep(0, RunState.Done, cases.Count, test, sum, most);
                if (line.State == WorkerState.Done) return test > cases.Count ? step with { Test = cases.Count, Verdict = Verdict.Accepted } : Fault(step);

                // The number of a test is counted here: what a worker claims is not trusted.
                if (test > cases.Count) return Fault(step);
                var (index, isSample) = (test - 1, test <= Problem.SampleCount);
                if (isSample) step = step with { Input = Short(cases[index].Input), Expected = Short(cases[index].Expected), Got = Short(line.Output), Log = Short(line.Log) };
                if (line.State != WorkerState.Ok) return Failed(step, line);
                if (!Problem.AreEqual(cases[index].Expected, line.Output)) return step with { Verdict = Verdict.Wrong };
                report((sent.SamplesOnly ? step : step with { Input = null, Expected = null, Got = null, Log = null }) with { State = RunState.Test, Ms = ms, Kib = kib });
                test++;
            }

            return Fault(new RunStep(0, RunState.Done, cases.Count, test, sum, most));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RunStep(0, RunState.Done, cases.Count, Math.Min(test, cases.Count), sum, most, Verdict.Time, $"All tests together took more than {Deadline.TotalSeconds} s.");
        }
    }

    private static RunStep Failed(RunStep step, WorkerLine line) => line.State switch
    {
        WorkerState.Syntax => step with { Test = 0, Input = null, Expected = null, Verdict = Verdict.Syntax, Message = Short(line.Message), Line = line.Line, Column = line.Column },
        WorkerState.Exception => step with { Verdict = Verdict.Exception, Message = Short(line.Message), Line = line.Line, Column = line.Column },
        WorkerState.Time => step with { Verdict = Verdict.Time, Message = $"A test has {WorkerJob.DefaultTestMs} ms." },
        WorkerState.Memory => step with { Verdict = Verdict.Memory },
        WorkerState.Recursion => step with { Verdict = Verdict.Recursion },
        WorkerState.Output => step with { Verdict = Verdict.Output },
        _ => Fault(step),
    };

    private static RunStep Fault(RunStep step) => step with { Verdict = Verdict.Fault, Message = "The judge failed on this program: send it again." };

    private static string? Short(string? text) => text is { Length: > MaxShown } ? $"{text[..MaxShown]}…" : text;
}
