using System.Collections.Concurrent;
using System.Diagnostics;

namespace Showcase.Judge.Sandbox;

/// <summary>
/// Starts worker processes on a thread of its own. The kernel ends a process of <c>--die-with-parent</c> when the thread that
/// started it ends (PR_SET_PDEATHSIG), and threads of the pool end when they are idle.
/// </summary>
internal sealed class WorkerStarter : IDisposable
{
    private readonly BlockingCollection<Action> _starts = [];
    private readonly Thread _thread;

    public WorkerStarter()
    {
        _thread = new Thread(() =>
        {
            foreach (var start in _starts.GetConsumingEnumerable()) start();
        })
        {
            IsBackground = true,
            Name = "judge starter",
        };
        _thread.Start();
    }

    /// <summary>Starts a worker.</summary>
    public Task<WorkerProcess> StartAsync(SandboxCommand command)
    {
        var started = new TaskCompletionSource<WorkerProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        _starts.Add(() =>
        {
            try
            {
                Descriptors.CloseOnStart();
                started.SetResult(new WorkerProcess(Process.Start(command.StartInfo())!));
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    /// <summary>Ends the thread, and with it the workers in a sandbox.</summary>
    public void Dispose()
    {
        _starts.CompleteAdding();
        _thread.Join();
        _starts.Dispose();
    }
}
