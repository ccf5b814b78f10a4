using System.Diagnostics;
using System.Text.Json;
using Showcase.Pad.Changes;

namespace Showcase.Tests.Pad.Changes;

/// <summary>The server's changes equal those of the package that the pages use.</summary>
public sealed class ChangeVectorTests
{
    private const int Pairs = 10_000;

    [Fact]
    public async Task Ten_thousand_pairs_of_changes_give_what_CodeMirror_gives()
    {
        await RunAsync("./build", "--packages");
        var lines = (await RunAsync("node", "tests/pad/vectors.mjs", $"{Pairs}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Pairs, lines.Length);
        foreach (var line in lines)
        {
            var vector = JsonElement.Parse(line);
            var (a, b, next) = (Change(vector, "a"), Change(vector, "b"), Change(vector, "next"));
            Assert.Equal(vector.GetProperty("applied").GetString(), a.Apply(vector.GetProperty("text").GetString()!));
            Equal(line, "after", vector, a.Map(b));
            Equal(line, "before", vector, a.Map(b, isBefore: true));
            Equal(line, "composed", vector, a.Compose(next));
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var web = Path.Combine(Repository.Root, "apps", "Showcase", "web");
        var start = new ProcessStartInfo(program.StartsWith('.') ? Path.Combine(web, program) : program, arguments) { WorkingDirectory = web, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static ChangeSet Change(JsonElement vector, string name) => ChangeSetJson.Parse(vector.GetProperty(name));

    private static void Equal(string line, string name, JsonElement vector, ChangeSet made) =>
        Assert.True(Change(vector, name).Sections.SequenceEqual(made.Sections), $"{name} differs: {line}");
}
