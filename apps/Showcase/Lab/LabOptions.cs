using Duplex.Configuration;

namespace Showcase.Lab;

/// <summary>The limits of the laboratory.</summary>
public sealed class LabOptions
{
    /// <summary>The maximum number of runs at once. Default 20; a person has one.</summary>
    [NumberRange(1, int.MaxValue, "runs")]
    public int MaxRuns { get; set; } = 20;

    /// <summary>The maximum number of requests that wait and streams that are open, in each run. Default 64.</summary>
    [NumberRange(1, int.MaxValue, "requests and streams")]
    public int WaitersPerRun { get; set; } = 64;

    /// <summary>The maximum number of echoing WebSockets and of streams of the time that are open. Default 128; a page uses at most 10.</summary>
    [NumberRange(1, int.MaxValue, "connections")]
    public int MaxProbes { get; set; } = 128;
}
