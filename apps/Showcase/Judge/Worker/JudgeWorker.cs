using System.Text.Json;

namespace Showcase.Judge.Worker;

/// <summary>
/// The program of a worker process: it reads one job from standard input, executes it, writes a line for each test, and ends.
/// It ends also when its input ends, because then the server has abandoned it or has gone.
/// </summary>
internal static class JudgeWorker
{
    /// <summary>The argument that selects this program.</summary>
    public const string Argument = "--judge-worker";

    // Above the limit of recursion, whose frames Jint multiplies; the stack is reserved, and only what is used is committed.
    private const int StackBytes = 64 << 20;

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private static readonly Lock Writing = new();

    /// <summary>Executes one job.</summary>
    public static int Run()
    {
        var thread = new Thread(static () => Execute(Console.OpenStandardInput(), Console.OpenStandardOutput()), StackBytes);
        thread.Start();
        thread.Join();
        return 0;
    }

    private static void Execute(Stream input, Stream output)
    {
        // The first script takes the time of loading and compiling Jint, which must not count as the program's.
        ScriptTest.WarmUp();
        Write(output, new(WorkerState.Ready));
        using var reader = new StreamReader(input);
        if (reader.ReadLine() is not { } line) return;
        var job = JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerJob)!;
        EndWithInput(reader);
        if (job.Probe is { } probe)
        {
            Write(output, new(WorkerState.Probed, Escapes: Reach.Of(probe)));
            return;
        }

        if (ScriptTest.Parse(job, out var script) is { } error)
        {
            Write(output, error);
            return;
        }

        for (var number = 1; number <= job.Inputs.Count; number++)
        {
            var result = Test(output, job, script, number);
            Write(output, result);
            if (result.State != WorkerState.Ok) return;
        }

        Write(output, new(WorkerState.Done));
    }

    private static WorkerLine Test(Stream output, WorkerJob job, in Jint.Prepared<Acornima.Ast.Script> script, int number)
    {
        // The limits of Jint are checked between its steps. This one holds within a step too.
        using var watchdog = new Timer(
            _ =>
            {
                Write(output, new(WorkerState.Time, number, job.TestMs));
                Environment.Exit(0);
            },
            state: null,
            TimeSpan.FromMilliseconds(job.TestMs) + Grace,
            Timeout.InfiniteTimeSpan);
        return ScriptTest.Run(job, script, number);
    }

    private static void EndWithInput(StreamReader reader) => new Thread(() =>
    {
        while (reader.Read() >= 0)
        {
        }

        Environment.Exit(0);
    })
    {
        IsBackground = true,
    }.Start();

    private static void Write(Stream output, WorkerLine line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, WorkerJson.Default.WorkerLine), (byte)'\n'];
        lock (Writing)
        {
            output.Write(bytes);
            output.Flush();
        }
    }
}
