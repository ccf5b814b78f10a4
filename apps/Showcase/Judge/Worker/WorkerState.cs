using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Judge.Worker;

/// <summary>What a line of a worker reports.</summary>
[JsonConverter(typeof(CamelCaseEnum<WorkerState>))]
internal enum WorkerState
{
    /// <summary>The worker has started and waits for a job.</summary>
    Ready,

    /// <summary>A test has returned a value.</summary>
    Ok,

    /// <summary>The source has a syntax error.</summary>
    Syntax,

    /// <summary>The program threw an exception, or lacks the function.</summary>
    Exception,

    /// <summary>The program exceeded the time or the number of statements.</summary>
    Time,

    /// <summary>The program exceeded the memory.</summary>
    Memory,

    /// <summary>The program exceeded the depth of calls.</summary>
    Recursion,

    /// <summary>The program exceeded the size of its result or of what it printed.</summary>
    Output,

    /// <summary>Every test has returned a value.</summary>
    Done,

    /// <summary>The check of the sandbox has ended.</summary>
    Probed,

    /// <summary>The worker failed for a reason that is not the program's.</summary>
    Fault,
}
