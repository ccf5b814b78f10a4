using System.ComponentModel;
using System.Net;
using Showcase.Judge.Problems;
using Showcase.Judge.Worker;

namespace Showcase.Judge.Sandbox;

/// <summary>Starts a worker by exactly the command of production, and checks that it executes programs and reaches nothing of the host.</summary>
internal static class SandboxProbe
{
    private const string NoLine = "the worker wrote nothing";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Returns null when the command is safe, otherwise the reason why it is not.</summary>
    /// <param name="starter">Starts the worker.</param>
    /// <param name="command">The command; null: there is none on this system.</param>
    /// <param name="server">The server, which must not be reachable.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static async Task<string?> ProblemAsync(WorkerStarter starter, SandboxCommand? command, IPEndPoint server, CancellationToken cancellationToken)
    {
        if (command is null) return "bwrap (the package bubblewrap), prlimit or the runtime's dotnet is not installed";
        var job = new WorkerJob("", "", [], Probe: new(server.Address.ToString(), server.Port, typeof(SandboxProbe).Assembly.Location));
        return await FirstLineAsync(starter, command, job, static line => line switch
        {
            { State: WorkerState.Probed, Escapes: [] } => null,
            { State: WorkerState.Probed, Escapes: { } escapes } => string.Join(' ', escapes),
            _ => "the worker ended before it answered",
        }, cancellationToken);
    }

    /// <summary>Returns null when a worker without a sandbox executes a program, otherwise the reason why it does not.</summary>
    /// <param name="starter">Starts the worker.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static Task<string?> FailureAsync(WorkerStarter starter, SandboxCommand command, CancellationToken cancellationToken) =>
        FirstLineAsync(
            starter, command, new WorkerJob("const solve = () => 1;", Problem.Function, ["[]"]),
            static line => line.State == WorkerState.Ok ? null : $"the worker returned {line.State}", cancellationToken);

    private static async Task<string?> FirstLineAsync(
        WorkerStarter starter, SandboxCommand command, WorkerJob job, Func<WorkerLine, string?> problemOf, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await using var worker = await starter.StartAsync(command);
            await worker.ReadyAsync(limit.Token);
            return await worker.RunAsync(job, limit.Token).Select(problemOf).FirstOrDefaultAsync(NoLine, limit.Token);
        }
        catch (Exception exception) when (exception is WorkerException or Win32Exception or IOException)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the worker did not answer within {Limit.TotalSeconds} s";
        }
    }
}
