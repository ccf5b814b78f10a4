using System.Text.Json;

namespace Showcase.Judge.Problems;

/// <summary>Counts pairs with a given sum.</summary>
internal static class PairsThatSum
{
    public static Problem Create()
    {
        var random = new Random(1);
        return Problem.Create(
            "pairs-that-sum",
            "Pairs that sum",
            "Return the number of pairs of positions i < j for which numbers[i] + numbers[j] equals target. There are up to 20,000 numbers from -1,000 to 1,000.",
            "function solve(numbers, target) {\n  return 0;\n}\n",
            static input => Count(input[0].Deserialize<int[]>()!, input[1].GetInt32()),
            [
                [new[] { 1, 2, 3, 4 }, 5], [new[] { 2, 2, 2 }, 4], [Array.Empty<int>(), 0], [new[] { 5 }, 10], [new[] { -3, 3, 0, 0 }, 0],
                .. new[] { 10, 100, 1000, 5000, 10_000, 20_000, 20_000 }.Select(size =>
                    new object[] { Enumerable.Range(0, size).Select(_ => random.Next(-1000, 1001)).ToArray(), random.Next(-500, 500) }),
            ]);
    }

    private static long Count(int[] numbers, int target)
    {
        var seen = new Dictionary<int, long>();
        var pairs = 0L;
        foreach (var number in numbers)
        {
            pairs += seen.GetValueOrDefault(target - number);
            seen[number] = seen.GetValueOrDefault(number) + 1;
        }

        return pairs;
    }
}
