namespace Showcase.Judge.Worker;

/// <summary>What a worker process receives: a program and the inputs of its tests, without the expected outputs.</summary>
/// <param name="Code">The source of the program, which is JavaScript.</param>
/// <param name="Function">The function that is called once for each input.</param>
/// <param name="Inputs">The inputs: each is a JSON array of arguments.</param>
/// <param name="TestMs">The time limit of a test in milliseconds.</param>
/// <param name="Probe">A check of the sandbox in place of a program.</param>
internal sealed record WorkerJob(
    string Code, string Function, IReadOnlyList<string> Inputs, int TestMs = WorkerJob.DefaultTestMs, ProbeJob? Probe = null)
{
    /// <summary>The default time limit of a test in milliseconds.</summary>
    public const int DefaultTestMs = 2000;

    /// <summary>The maximum size of a source in bytes of UTF-8.</summary>
    public const int MaxCodeBytes = 32 * 1024;
}
