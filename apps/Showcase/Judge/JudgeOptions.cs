using Duplex.Configuration;

namespace Showcase.Judge;

/// <summary>The limits of the judge.</summary>
public sealed class JudgeOptions
{
    /// <summary>The maximum number of runs that wait. Default 50.</summary>
    [NumberRange(1, 10_000, "runs")]
    public int MaxWaiting { get; set; } = 50;

    /// <summary>The maximum number of runs of a user that wait, beside the one that is executed. Default 2.</summary>
    [NumberRange(1, 1000, "runs")]
    public int WaitingPerUser { get; set; } = 2;

    /// <summary>The maximum number of runs retained; the oldest that have ended are removed. Default 1,000.</summary>
    [NumberRange(1, int.MaxValue, "runs")]
    public int RetainedRuns { get; set; } = 1000;
}
