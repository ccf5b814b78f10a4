using System.Text.Json;

namespace Showcase.Judge.Problems;

/// <summary>Merges intervals that overlap or touch.</summary>
internal static class MergeIntervals
{
    public static Problem Create()
    {
        var random = new Random(3);
        return Problem.Create(
            "merge-intervals",
            "Merge intervals",
            "Each interval is [start, end] with start <= end. Merge those that overlap or touch, and return the result ordered by start. There are up to 10,000 intervals.",
            "function solve(intervals) {\n  return intervals;\n}\n",
            static input => Merge(input[0].Deserialize<int[][]>()!),
            [
                [new int[][] { [1, 3], [2, 6], [8, 10] }], [new int[][] { [4, 5], [1, 4] }], [Array.Empty<int[]>()], [new int[][] { [0, 0] }],
                [new int[][] { [1, 10], [2, 3], [4, 5] }], [new int[][] { [-5, -1], [-1, 0], [2, 2] }],
                .. new[] { 10, 100, 1000, 5000, 10_000, 10_000 }.Select(size => new object[]
                {
                    Enumerable.Range(0, size).Select(_ => random.Next(-100_000, 100_000)).Select(start => new[] { start, start + random.Next(0, 40) }).ToArray(),
                }),
            ]);
    }

    private static List<int[]> Merge(int[][] intervals)
    {
        var merged = new List<int[]>();
        foreach (var interval in intervals.OrderBy(static interval => interval[0]))
        {
            if (merged.Count > 0 && interval[0] <= merged[^1][1]) merged[^1][1] = Math.Max(merged[^1][1], interval[1]);
            else merged.Add([interval[0], interval[1]]);
        }

        return merged;
    }
}
