using System.Text.Json;

namespace Showcase.Judge.Problems;

/// <summary>Derives who is online from joins and leaves of several windows.</summary>
internal static class WhoIsOnline
{
    private static readonly string[] Names = ["ada", "alan", "barbara", "edsger", "grace", "john", "ken", "radia", "tim", "vint"];

    public static Problem Create()
    {
        var random = new Random(7);
        return Problem.Create(
            "who-is-online",
            "Who is online",
            "Each event is [kind, person]: \"join\" when a person opens a window, \"leave\" when one is closed. A person is online while at least one window is open. A leave without an open window is ignored. Return the names of those online after all events, in the order of the alphabet.",
            "function solve(events) {\n  return [];\n}\n",
            static input => Online(input[0].Deserialize<string[][]>()!),
            [
                [new string[][] { ["join", "ada"], ["join", "tim"], ["leave", "ada"] }], [new string[][] { ["join", "ada"], ["join", "ada"], ["leave", "ada"] }],
                [Array.Empty<string[]>()], [new string[][] { ["leave", "ken"], ["join", "ken"] }], [new string[][] { ["join", "tim"], ["leave", "tim"], ["leave", "tim"], ["join", "tim"] }],
                .. new[] { 10, 50, 200, 1000, 5000, 20_000, 20_000 }.Select(size => new object[]
                {
                    Enumerable.Range(0, size).Select(_ => new[] { random.Next(2) == 0 ? "join" : "leave", Names[random.Next(Names.Length)] }).ToArray(),
                }),
            ]);
    }

    private static string[] Online(string[][] events)
    {
        var windows = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var happened in events)
        {
            var open = windows.GetValueOrDefault(happened[1]);
            windows[happened[1]] = happened[0] == "join" ? open + 1 : Math.Max(open - 1, 0);
        }

        return [.. windows.Where(static person => person.Value > 0).Select(static person => person.Key)];
    }
}
