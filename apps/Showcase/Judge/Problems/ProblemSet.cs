namespace Showcase.Judge.Problems;

/// <summary>The judge's problems. Their tests are generated from a fixed seed, so that they are the same after every start.</summary>
internal sealed class ProblemSet
{
    private readonly Dictionary<string, Problem> _byId;

    public ProblemSet()
    {
        All =
        [
            PairsThatSum.Create(), BalancedBrackets.Create(), MergeIntervals.Create(), BestBidAndAsk.Create(),
            UnmaskFrame.Create(), ValidUtf8.Create(), WhoIsOnline.Create(), ConflateByKey.Create(),
        ];
        _byId = All.ToDictionary(static problem => problem.Id);
    }

    /// <summary>The problems, the easiest first.</summary>
    public IReadOnlyList<Problem> All { get; }

    /// <summary>Returns a problem, or null when there is none of this id.</summary>
    public Problem? Find(string? id) => _byId.GetValueOrDefault(id ?? "");
}
