using System.Text.Json;

namespace Showcase.Judge.Problems;

/// <summary>Applies changes of levels to an order book and returns its best prices.</summary>
internal static class BestBidAndAsk
{
    public static Problem Create()
    {
        var random = new Random(4);
        return Problem.Create(
            "best-bid-and-ask",
            "Best bid and ask",
            "Each change is [side, price, quantity]: the quantity at this price of the side \"bid\" or \"ask\" is now this one, and 0 removes the price. Return [highest bid, lowest ask] after all changes, with null for an empty side. There are up to 20,000 changes.",
            "function solve(changes) {\n  return [null, null];\n}\n",
            static input => Best(input[0]),
            [
                [new object[][] { ["bid", 100, 2], ["ask", 103, 1], ["bid", 101, 5] }], [new object[][] { ["bid", 100, 2], ["bid", 100, 0], ["ask", 90, 1] }],
                [Array.Empty<object[]>()], [new object[][] { ["ask", 5, 0] }],
                .. new[] { 5, 50, 500, 2000, 5000, 10_000, 20_000, 20_000 }.Select(size => new object[]
                {
                    Enumerable.Range(0, size).Select(_ => random.Next(2) == 0
                        ? new object[] { "bid", random.Next(900, 1000), random.Next(0, 3) }
                        : ["ask", random.Next(1001, 1100), random.Next(0, 3)]).ToArray(),
                }),
            ]);
    }

    private static int?[] Best(JsonElement changes)
    {
        var (bids, asks) = (new SortedSet<int>(), new SortedSet<int>());
        foreach (var change in changes.EnumerateArray())
        {
            var (side, price) = (change[0].GetString() == "bid" ? bids : asks, change[1].GetInt32());
            if (change[2].GetInt32() == 0) side.Remove(price);
            else side.Add(price);
        }

        return [bids.Count == 0 ? null : bids.Max, asks.Count == 0 ? null : asks.Min];
    }
}
