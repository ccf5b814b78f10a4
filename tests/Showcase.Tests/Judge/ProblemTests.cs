using Showcase.Judge.Problems;
using Showcase.Judge.Runs;
using Showcase.Judge.Sandbox;

namespace Showcase.Tests.Judge;

/// <summary>Each problem can be solved within the limits, and not by a program that does nothing.</summary>
public sealed class ProblemTests : IDisposable
{
    private static readonly ProblemSet Problems = new();

    private readonly WorkerStarter _starter = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Solutions => new()
    {
        {
            "pairs-that-sum",
            "function solve(numbers, target) { const seen = new Map(); let pairs = 0; for (const n of numbers) { pairs += seen.get(target - n) ?? 0; seen.set(n, (seen.get(n) ?? 0) + 1) } return pairs }"
        },
        {
            "balanced-brackets",
            """
            function solve(text) {
              const open = [];
              for (let i = 0; i < text.length; i++) {
                if ('([{'.includes(text[i])) open.push(')]}'['([{'.indexOf(text[i])]);
                else if (')]}'.includes(text[i]) && open.pop() !== text[i]) return i;
              }
              return open.length ? text.length : -1;
            }
            """
        },
        {
            "merge-intervals",
            """
            function solve(intervals) {
              const merged = [];
              for (const [start, end] of intervals.sort((a, b) => a[0] - b[0])) {
                const last = merged.at(-1);
                if (last && start <= last[1]) last[1] = Math.max(last[1], end);
                else merged.push([start, end]);
              }
              return merged;
            }
            """
        },
        {
            "best-bid-and-ask",
            """
            function solve(changes) {
              const book = { bid: new Set(), ask: new Set() };
              for (const [side, price, quantity] of changes) if (quantity) book[side].add(price); else book[side].delete(price);
              return [book.bid.size ? Math.max(...book.bid) : null, book.ask.size ? Math.min(...book.ask) : null];
            }
            """
        },
        {
            "unmask-a-frame",
            """
            function solve(bytes) {
              let length = bytes[1] & 0x7f, at = 2;
              if (length === 126) { length = bytes[2] * 256 + bytes[3]; at = 4; }
              const text = [];
              for (let i = 0; i < length; i++) text.push(String.fromCharCode(bytes[at + 4 + i] ^ bytes[at + i % 4]));
              return text.join('');
            }
            """
        },
        {
            "utf-8-or-not",
            """
            function solve(bytes) {
              for (let i = 0; i < bytes.length;) {
                const b = bytes[i++];
                if (b < 0x80) continue;
                const more = b >= 0xc2 && b <= 0xdf ? 1 : b >= 0xe0 && b <= 0xef ? 2 : b >= 0xf0 && b <= 0xf4 ? 3 : 0;
                if (!more) return false;
                const low = b === 0xe0 ? 0xa0 : b === 0xf0 ? 0x90 : 0x80, high = b === 0xed ? 0x9f : b === 0xf4 ? 0x8f : 0xbf;
                for (let k = 0; k < more; k++, i++) if (!(bytes[i] >= (k ? 0x80 : low) && bytes[i] <= (k ? 0xbf : high))) return false;
              }
              return true;
            }
            """
        },
        {
            "who-is-online",
            """
            function solve(events) {
              const open = new Map();
              for (const [kind, person] of events) open.set(person, Math.max(0, (open.get(person) ?? 0) + (kind === 'join' ? 1 : -1)));
              return [...open.keys()].filter((person) => open.get(person)).sort();
            }
            """
        },
        { "conflate-by-key", "function solve(queue) { return [...new Map(queue)] }" },
    };

    public void Dispose() => _starter.Dispose();

    [Fact]
    public void Every_problem_has_a_solution_here() =>
        Assert.Equal(Problems.All.Select(static problem => problem.Id).Order(), Solutions.Select(static solution => solution.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(Solutions))]
    public async Task A_problem_is_solved_within_the_limits(string id, string code)
    {
        var last = await ExecuteAsync(id, code);
        Assert.True(last.Verdict == Verdict.Accepted, $"{last}");
    }

    [Theory]
    [MemberData(nameof(Solutions))]
    public async Task The_source_with_which_the_editor_begins_is_wrong(string id, string code)
    {
        Assert.NotEmpty(code);
        Assert.Equal(Verdict.Wrong, (await ExecuteAsync(id, Problems.Find(id)!.Starter)).Verdict);
    }

    [Fact]
    public void The_tests_are_the_same_after_every_start() =>
        Assert.Equal(Problems.All.SelectMany(static problem => problem.Cases), new ProblemSet().All.SelectMany(static problem => problem.Cases));

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("[1,2]", "[1, 2]", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("null", "0", false)]
    [InlineData("\"1\"", "1", false)]
    [InlineData("1", null, false)]
    [InlineData("1", "{", false)]
    public void Results_are_compared_by_value(string expected, string? result, bool areEqual) =>
        Assert.Equal(areEqual, Problem.AreEqual(expected, result));

    private async Task<RunStep> ExecuteAsync(string id, string code)
    {
        await using var worker = await _starter.StartAsync(SandboxCommand.Confined()!);
        await worker.ReadyAsync(Token);
        return await RunExecution.ExecuteAsync(worker, RunQueueTests.SubmissionOf("ada", "1", code, id), Problems.Find(id)!, static _ => { }, Token);
    }
}
