using System.Text.Json;

namespace Showcase.Judge.Problems;

/// <summary>Reduces a queue for a slow reader to the newest publication of each key.</summary>
internal static class ConflateByKey
{
    public static Problem Create()
    {
        var random = new Random(8);
        return Problem.Create(
            "conflate-by-key",
            "Conflate by key",
            "A slow reader's queue holds publications [key, value]. Keep only the newest of each key, at the place in the queue that the oldest of its key had. Return the queue.",
            "function solve(queue) {\n  return queue;\n}\n",
            static input => Conflate(input[0]),
            [
                [new object[][] { ["BTC", 1], ["ETH", 5], ["BTC", 2] }], [new object[][] { ["a", 1], ["a", 2], ["a", 3] }], [Array.Empty<object[]>()],
                [new object[][] { ["__proto__", 1], ["constructor", 2], ["__proto__", 3] }], [new object[][] { ["2", 1], ["1", 1], ["2", 9] }],
                .. new[] { 10, 100, 1000, 5000, 10_000, 20_000, 20_000 }.Select(size => new object[]
                {
                    Enumerable.Range(0, size).Select(_ => new object[] { $"k{random.Next(Math.Max(2, size / 20))}", random.Next(1000) }).ToArray(),
                }),
            ]);
    }

    private static List<object[]> Conflate(JsonElement queue)
    {
        var (places, kept) = (new Dictionary<string, int>(), new List<object[]>());
        foreach (var publication in queue.EnumerateArray())
        {
            var (key, value) = (publication[0].GetString()!, publication[1].GetInt32());
            if (places.TryAdd(key, kept.Count)) kept.Add([key, value]);
            else kept[places[key]][1] = value;
        }

        return kept;
    }
}
