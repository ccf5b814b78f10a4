using Showcase.Judge.Sandbox;
using Showcase.Judge.Worker;

namespace Showcase.Tests.Judge;

/// <summary>Programs that try to run for ever, to take all memory or to leave the interpreter. Each ends, with the right verdict.</summary>
public sealed class HostileProgramTests(HostileProgramTests.Workers workers) : IClassFixture<HostileProgramTests.Workers>
{
    // A program that nothing ends would run for ever; how late verdicts are is measured by bench/judge.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Programs => new()
    {
        { "a loop", "function solve() { while (true) {} }", "time" },
        { "a loop outside of the function", "for (;;);", "time" },
        { "a loop in a getter", "const o = { get x() { while (true) {} } }; function solve() { return o.x }", "time" },
        { "a loop in a comparison", "function solve() { return [3, 2, 1].sort(() => { for (;;); }) }", "time" },
        { "a loop in the text of an error", "function solve() { const e = new Error(); Object.defineProperty(e, 'message', { get() { for (;;); } }); throw e }", "time" },
        { "a loop in toJSON", "Object.prototype.toJSON = () => { for (;;); }; function solve() { return {} }", "time" },
        { "an array of 1e9", "function solve() { return new Array(1e9).fill(0).length }", "memory" },
        { "an array with a length of 4e9", "function solve() { const a = []; a.length = 4e9; a.fill(1); return 1 }", "memory" },
        { "a typed array of 2e9", "function solve() { return new Uint8Array(2e9).length }", "memory" },
        { "a doubled string", "function solve() { let s = 'x'; for (;;) s += s; }", "memory" },
        { "a string in characters", "function solve() { return 'a'.padEnd(5e8).split('').length }", "memory" },
        { "arrays that are kept", "function solve() { const kept = []; for (;;) kept.push(new Array(1000).fill(1)); }", "memory time" },
        { "a map that grows", "function solve() { const m = new Map(); for (let i = 0; ; i++) m.set(i, {}) }", "memory time" },
        { "a generator without end", "function solve() { return [...(function* () { for (;;) yield 1 })()] }", "memory time" },
        { "a number that grows", "function solve() { let a = 3n; for (;;) a = a * a }", "memory time" },
        { "recursion", "function solve() { return solve() }", "recursion" },
        { "recursion of two", "function a() { return b() } function b() { return a() } function solve() { return a() }", "recursion" },
        { "recursion that catches its error", "function f() { try { f() } catch { f() } } function solve() { f() }", "recursion" },
        { "recursion through a proxy", "function solve() { const p = new Proxy({}, { get(t, k, r) { return r[k] } }); return p.x }", "time recursion" },
        { "a result that is nested deeply", "function solve() { let a = []; for (let i = 0; i < 50000; i++) a = [a]; return a }", "time recursion output" },
        { "brackets nested deeply", "const x = " + new string('[', 16000) + new string(']', 16000), "syntax" },
        { "operators nested deeply", "x = " + new string('!', 32000) + "1", "syntax" },
        { "a source that is too long", new string(' ', (32 * 1024) + 1), "syntax" },
        { "an expression that backtracks", "function solve() { return /^(a+)+$/.test('a'.repeat(40) + 'b') }", "time" },
        { "Atomics.wait", "function solve() { Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0) }", "exception" },
        { "printing without end", "function solve() { for (;;) console.log('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') }", "output" },
        { "a result that is too long", "function solve() { return 'x'.repeat(100000) }", "output" },
        { "eval", "function solve() { return eval('1') }", "exception" },
        { "the constructor of functions", "function solve() { return (() => 0).constructor('return this')() }", "exception" },
        { "a module", "import('fs'); function solve() { return 1 }", "exception" },
        { "a name of the platform", "function solve() { return System.IO.File.ReadAllText('/etc/passwd') }", "exception" },
        { "promises without end", "function f() { Promise.resolve().then(f); Promise.resolve().then(f) } f(); function solve() { return 1 }", "time memory ok" },
        { "prototypes replaced", "Array.prototype[Symbol.iterator] = function* () { for (;;) yield 1 }; function solve() { return [] }", "memory time" },
        { "a cycle", "function solve() { const a = []; a.push(a); return a }", "exception" },
        { "no function", "const other = 1;", "exception" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_hostile_program_ends_with_its_verdict(string name, string code, string verdicts)
    {
        Assert.NotEmpty(name);
        await using var worker = await workers.StartAsync();
        await worker.ReadyAsync(Token);
        var lines = await worker.RunAsync(new(code, "solve", ["[1]"]), Token).ToListAsync(Token).AsTask().WaitAsync(Patience, Token);
        Assert.Contains(lines[0].State.ToString().ToLowerInvariant(), verdicts.Split(' '));
        Assert.True(lines is [_] or [_, { State: WorkerState.Done }]);
    }

    [Fact]
    public async Task Names_beyond_the_language_do_not_exist()
    {
        var lines = await RunAsync("function solve() { return [typeof System, typeof importNamespace, typeof require, typeof fetch, typeof process, Object.keys(console).join()] }", "[]");
        Assert.Equal("""["undefined","undefined","undefined","undefined","undefined","log"]""", lines[0].Output);
    }

    [Fact]
    public async Task Each_test_has_an_engine_of_its_own()
    {
        var lines = await RunAsync("let calls = 0; globalThis.kept ??= 0; function solve() { kept++; Array.prototype.extra = 1; return [++calls, kept] }", "[]", "[]");
        Assert.Equal(["[1,1]", "[1,1]", null], lines.Select(static line => line.Output));
    }

    [Fact]
    public async Task A_test_reports_result_log_time_and_memory()
    {
        var lines = await RunAsync("const solve = (a, b) => { console.log('sum of', a, b); return a + b };", "[1,2]", "[\"a\",\"b\"]");
        Assert.Equal([(WorkerState.Ok, 1, "3", "sum of 1 2 \n"), (WorkerState.Ok, 2, "\"ab\"", "sum of a b \n"), (WorkerState.Done, 0, null, null)], lines.Select(static line => (line.State, line.Test, line.Output, line.Log)));
        Assert.All(lines.Take(2), static line => Assert.True(line is { Ms: > 0, Kib: > 0 }));
    }

    [Fact]
    public async Task A_syntax_error_has_a_place()
    {
        var lines = await RunAsync("function solve() {\n  return 1 +;\n}", "[]");
        Assert.Equal((WorkerState.Syntax, 2, 13), (lines[0].State, lines[0].Line, lines[0].Column));
    }

    [Fact]
    public async Task An_exception_has_a_place_and_ends_the_job()
    {
        var lines = await RunAsync("function solve(a) {\n  throw new RangeError('no ' + a);\n}", "[1]", "[2]");
        Assert.Equal([(WorkerState.Exception, 1, "no 1", 2)], lines.Select(static line => (line.State, line.Test, line.Message!, line.Line)));
    }

    [Fact]
    public async Task Recursion_that_people_write_is_possible()
    {
        var lines = await RunAsync("function depth(n) { return n ? 1 + depth(n - 1) : 0 } function solve(n) { return depth(n) }", "[900]");
        Assert.Equal("900", lines[0].Output);
    }

    private async Task<List<WorkerLine>> RunAsync(string code, params string[] inputs)
    {
        await using var worker = await workers.StartAsync();
        await worker.ReadyAsync(Token);
        return await worker.RunAsync(new(code, "solve", inputs), Token).ToListAsync(Token);
    }

    /// <summary>Starts the workers of the tests.</summary>
    public sealed class Workers : IDisposable
    {
        private readonly WorkerStarter _starter = new();

        internal Task<WorkerProcess> StartAsync() => _starter.StartAsync(SandboxCommand.Confined()!);

        public void Dispose() => _starter.Dispose();
    }
}
