using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Acornima;
using Acornima.Ast;
using Jint;
using Jint.Constraints;
using Jint.Native;
using Jint.Runtime;

namespace Showcase.Judge.Worker;

/// <summary>Executes a program for one input, in an engine of its own with every limit of Jint.</summary>
internal static class ScriptTest
{
    /// <summary>The maximum length of a result, and of what a test prints, in characters.</summary>
    public const int MaxOutput = 64 * 1024;

    private const long MaxAllocatedBytes = 512L << 20;
    private const int MaxStatements = 50_000_000, MaxDepth = 1000, MaxArray = 1_000_000, MaxMessage = 500, MaxJsonDepth = 64;

    private static readonly TimeSpan RegexTimeout = TimeSpan.FromMilliseconds(500);

    // The functions are taken before the program can replace them. A result that is too long is not converted at all.
    private const string Harness = """
        (() => {
          const parse = JSON.parse, text = JSON.stringify;
          return (solve, input, most) => {
            const result = text(solve(...parse(input)));
            return result === undefined ? 'null' : result.length > most ? 0 : result;
          };
        })()
        """;

    /// <summary>Loads and compiles what a test needs.</summary>
    public static void WarmUp()
    {
        var job = new WorkerJob("function solve(a) { let sum = 0; for (const n of a) sum += n; console.log(sum); return [sum]; }", "solve", ["[[1,2,3]]"]);
        Parse(job, out var script);
        Run(job, script, 1);
    }

    /// <summary>Parses a source. Parsing has no limit in Jint: the size of the source and the process bound it.</summary>
    public static WorkerLine? Parse(WorkerJob job, out Prepared<Script> script)
    {
        script = default;
        if (Encoding.UTF8.GetByteCount(job.Code) > WorkerJob.MaxCodeBytes)
            return new(WorkerState.Syntax, Message: $"The source has more than {WorkerJob.MaxCodeBytes} bytes.");
        try
        {
            script = Engine.PrepareScript(job.Code, job.Function);
            return null;
        }
        catch (ScriptPreparationException exception) when (exception.InnerException is ParseErrorException error)
        {
            return new(WorkerState.Syntax, Message: Short(error.Description), Line: error.LineNumber, Column: error.Column + 1);
        }
        catch (Exception exception) when (exception is ParseErrorException or ScriptPreparationException or InsufficientExecutionStackException)
        {
            return new(WorkerState.Syntax, Message: Short(exception.Message));
        }
    }

    /// <summary>Executes the program for an input.</summary>
    public static WorkerLine Run(WorkerJob job, in Prepared<Script> script, int number)
    {
        var deadline = new OperationDeadlineConstraint();
        var log = new StringBuilder();
        var (start, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        WorkerLine line;
        try
        {
            using var engine = CreateEngine(deadline, log);
            deadline.Begin(TimeSpan.FromMilliseconds(job.TestMs), CancellationToken.None);
            line = Call(engine, job, script, number);
        }
        catch (Exception exception)
        {
            line = Of(exception) with { Test = number };
        }

        return line with
        {
            Ms = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1),
            Kib = (GC.GetAllocatedBytesForCurrentThread() - allocated) >> 10,
            Log = log.Length == 0 ? null : Short(log.ToString(0, Math.Min(log.Length, MaxMessage + 1))),
        };
    }

    private static WorkerLine Call(Engine engine, WorkerJob job, in Prepared<Script> script, int number)
    {
        var harness = engine.Evaluate(Harness);
        engine.Execute(script);

        // A function, a class or a constant: constants are no properties of the global object.
        var solve = engine.Evaluate($"typeof {job.Function} === 'function' ? {job.Function} : undefined");
        if (solve.IsUndefined()) return new(WorkerState.Exception, number, Message: $"The program has no function {job.Function}.");
        var result = engine.Invoke(harness, solve, job.Inputs[number - 1], MaxOutput);
        return result.IsString() ? new(WorkerState.Ok, number, Output: result.AsString()) : new(WorkerState.Output, number);
    }

    private static Engine CreateEngine(OperationDeadlineConstraint deadline, StringBuilder log)
    {
        var engine = new Engine(options =>
        {
            options.Constraint(deadline);
            options.MaxStatements(MaxStatements).LimitMemory(MaxAllocatedBytes).LimitRecursion(MaxDepth).DisableStringCompilation();
            options.Constraints.StackOverflowGuard = true;
            options.Constraints.RegexTimeout = RegexTimeout;
            options.Constraints.MaxArraySize = MaxArray;
            options.Json.MaxParseDepth = MaxJsonDepth;
            options.Interop.AllowWrite = false;
            options.AgentCanSuspend = false;
        });
        var console = new JsObject(engine);
        var print = new Jint.Runtime.Interop.ClrFunction(engine, "log", (_, values) =>
        {
            foreach (var value in values)
            {
                var text = TypeConverter.ToString(value);
                if (log.Length + text.Length + 1 > MaxOutput) throw new OutputLimitException();
                log.Append(text).Append(' ');
            }

            if (log.Length >= MaxOutput) throw new OutputLimitException();
            log.Append('\n');
            return JsValue.Undefined;
        });
        console.Set("log", print);
        engine.SetValue("console", console);
        return engine;
    }

    private static WorkerLine Of(Exception exception) => exception switch
    {
        OutputLimitException => new(WorkerState.Output),
        TimeoutException or StatementsCountOverflowException or System.Text.RegularExpressions.RegexMatchTimeoutException => new(WorkerState.Time),
        MemoryLimitExceededException or OutOfMemoryException => new(WorkerState.Memory),
        RecursionDepthOverflowException or InsufficientExecutionStackException => new(WorkerState.Recursion),
        JavaScriptException error => new(
            IsStackOverflow(error) ? WorkerState.Recursion : WorkerState.Exception,
            Message: Short(Describe(error)),
            Line: error.Location.Start.Line,
            Column: error.Location.Start.Column + 1),
        _ => new(WorkerState.Exception, Message: Short(exception.Message)),
    };

    private static bool IsStackOverflow(JavaScriptException error) => error.Message.StartsWith("Maximum call stack", StringComparison.Ordinal);

    // The thrown value is the program's: to read its members would execute the program outside of the limits.
    private static string Describe(JavaScriptException error) => error.Error.IsString() ? error.Error.AsString() : error.Message;

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Short(string? text) => text is { Length: > MaxMessage } ? $"{text[..MaxMessage]}…" : text;

    private sealed class OutputLimitException : Exception;
}
