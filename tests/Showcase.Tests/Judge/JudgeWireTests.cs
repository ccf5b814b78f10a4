using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Judge;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.Judge;

/// <summary>The judge's channels, calls and endpoints from outside, with real workers in the sandbox.</summary>
public sealed class JudgeWireTests : IAsyncLifetime
{
    private const string PairsInLinearTime = """
        function solve(numbers, target) {
          const seen = new Map(); let pairs = 0;
          for (const n of numbers) { pairs += seen.get(target - n) ?? 0; seen.set(n, (seen.get(n) ?? 0) + 1); }
          return pairs;
        }
        """;

    private const string Endless = "function solve() { for (;;); }";

    private RunningShowcase _showcase = null!;
    private HttpClient _http = null!;
    private int _sent;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _showcase = await StartAsync(null, null);
        _http = new HttpClient { BaseAddress = _showcase.Http };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _showcase.DisposeAsync();
    }

    [Fact]
    public async Task An_accepted_program_shows_every_step_and_becomes_the_best()
    {
        await using var ada = await ConnectAsync("ada");
        await ada.SubscribeAsync("best:pairs-that-sum");
        await ada.SubscribeAsync("news:wire");
        Assert.Empty((await ada.SubscribeAsync("feed:all")).GetProperty("data").GetProperty("latest").EnumerateArray());
        var run = await SendAsync(ada, PairsInLinearTime);
        var steps = await StepsAsync(run);

        Assert.Equal(["queued", "running", .. Enumerable.Repeat("test", 12), "done"], steps.Select(static step => step.GetProperty("state").GetString()));
        Assert.Equal(Enumerable.Range(1, 15), steps.Select(static step => step.GetProperty("n").GetInt32()));
        Assert.Equal("accepted", Verdict(steps[^1]));
        Assert.True(steps[^1].GetProperty("ms").GetDouble() > 0);
        var verdict = await ada.PublicationAsync("feed:all");
        Assert.Equal("accepted", verdict.GetProperty("verdict").GetString());
        await using var bob = await ConnectAsync("bob");
        var latest = (await bob.SubscribeAsync("feed:all")).GetProperty("data").GetProperty("latest");
        Assert.Equal(verdict.GetRawText(), Assert.Single(latest.EnumerateArray()).GetRawText());
        var best = await ada.PublicationAsync("best:pairs-that-sum");
        Assert.Equal(1, best.GetProperty("best").GetArrayLength());

        // The other applications have news as well.
        JsonElement story;
        do story = (await ada.PublicationAsync("news:wire")).GetProperty("story");
        while (story.GetProperty("link").GetString() != "/judge/pairs-that-sum");
        Assert.Equal("events", story.GetProperty("source").GetString());
        Assert.EndsWith("solves “Pairs that sum” first", story.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_channel_of_a_run_carries_its_steps_and_the_program()
    {
        await using var ada = await ConnectAsync("ada");
        var run = await SendAsync(ada, Endless);
        var data = (await ada.SubscribeAsync($"run:{run}")).GetProperty("data");
        Assert.Equal(("pairs-that-sum", Endless), (data.GetProperty("problem").GetString(), data.GetProperty("code").GetString()));
        Assert.Equal("queued", data.GetProperty("steps")[0].GetProperty("state").GetString());
        var done = await ada.PublicationAsync($"run:{run}", static step => step.TryGetProperty("verdict", out _));
        Assert.Equal("time", Verdict(done));
    }

    [Fact]
    public async Task A_wrong_result_of_a_sample_is_explained_and_that_of_another_test_is_not()
    {
        await using var ada = await ConnectAsync("ada");
        var sample = (await StepsAsync(await SendAsync(ada, "function solve() { return 7 }")))[^1];
        Assert.Equal(("wrong", 1, "[[1,2,3,4],5]", "2", "7"), (Verdict(sample), sample.GetProperty("test").GetInt32(), Text(sample, "input"), Text(sample, "expected"), Text(sample, "got")));

        var hidden = (await StepsAsync(await SendAsync(ada, "function solve(n) { return n.length === 4 ? 2 : 3 }")))[^1];
        Assert.Equal(("wrong", 3), (Verdict(hidden), hidden.GetProperty("test").GetInt32()));
        Assert.False(hidden.TryGetProperty("expected", out _));
        Assert.False(hidden.TryGetProperty("got", out _));
    }

    [Fact]
    public async Task A_syntax_error_has_its_place()
    {
        await using var ada = await ConnectAsync("ada");
        var last = (await StepsAsync(await SendAsync(ada, "function solve() {\n  return 1 +;\n}")))[^1];
        Assert.Equal(("syntax", 2, 13), (Verdict(last), last.GetProperty("line").GetInt32(), last.GetProperty("column").GetInt32()));
    }

    [Fact]
    public async Task A_TypeScript_program_is_executed_without_its_types_and_kept_with_them()
    {
        await using var ada = await ConnectAsync("ada");
        const string written = "function solve(a: number[]): number {\n  return a.x.y;\n}", executed = "function solve(a          )         {\n  return a.x.y;\n}";
        var run = (await ada.CallAsync("judge.submit", TypeScript(written, executed))).GetProperty("run").GetString()!;
        var last = (await StepsAsync(run))[^1];
        Assert.Equal(("exception", 2), (Verdict(last), last.GetProperty("line").GetInt32()));
        var data = (await ada.SubscribeAsync($"run:{run}")).GetProperty("data");
        Assert.Equal(("typescript", written), (Text(data, "language"), Text(data, "code")));
    }

    [Theory]
    [InlineData("let a: T", null)]
    [InlineData("let a: T", "let a")]
    [InlineData("let a: T", "let a: U")]
    public async Task A_script_that_is_not_what_remains_of_its_program_is_refused(string written, string? executed)
    {
        await using var ada = await ConnectAsync("ada");
        Assert.Equal(400, (await ada.FailingCallAsync("judge.submit", TypeScript(written, executed))).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_trial_executes_the_samples_and_shows_what_they_return()
    {
        await using var ada = await ConnectAsync("ada");
        var run = (await ada.CallAsync("judge.run", Program(PairsInLinearTime))).GetProperty("run").GetString()!;
        var steps = await StepsAsync(run);
        Assert.Equal(["queued", "running", "test", "test", "done"], steps.Select(static step => step.GetProperty("state").GetString()));
        Assert.Equal("2", Text(steps[2], "got"));
    }

    [Fact]
    public async Task A_running_and_a_waiting_run_are_cancelled()
    {
        await using var ada = await ConnectAsync("ada");
        var (running, waiting) = (await SendAsync(ada, Endless), await SendAsync(ada, Endless));
        await ada.CallAsync("judge.cancel", $$"""{"run":"{{waiting}}"}""");
        Assert.Equal("cancelled", Verdict((await StepsAsync(waiting))[^1]));
        await ada.CallAsync("judge.cancel", $$"""{"run":"{{running}}"}""");
        Assert.Equal("cancelled", Verdict((await StepsAsync(running))[^1]));
    }

    [Fact]
    public async Task Only_who_sent_a_program_may_subscribe_to_it_or_cancel_it()
    {
        await using var ada = await ConnectAsync("ada");
        await using var bob = await ConnectAsync("bob");
        var run = await SendAsync(ada, Endless);
        Assert.Equal(404, (await bob.CommandAsync("subscribe", $$"""{"channel":"run:{{run}}"}""")).GetProperty("error").GetProperty("code").GetInt32());
        await bob.CallAsync("judge.cancel", $$"""{"run":"{{run}}"}""");
        Assert.Equal("time", Verdict((await StepsAsync(run))[^1]));
    }

    [Fact]
    public async Task The_same_client_id_is_the_same_run()
    {
        await using var ada = await ConnectAsync("ada");
        var program = Program(PairsInLinearTime);
        var first = await ada.CallAsync("judge.submit", program);
        Assert.Equal(first.GetProperty("run").GetString(), (await ada.CallAsync("judge.submit", program)).GetProperty("run").GetString());
    }

    [Fact]
    public async Task A_third_waiting_run_of_a_user_is_refused()
    {
        await using var ada = await ConnectAsync("ada");
        var running = await SendAsync(ada, Endless);
        await _http.GetStringAsync($"/judge/api/runs/{running}?after=1&wait=20", Token);
        await SendAsync(ada, Endless);
        await SendAsync(ada, Endless);
        var error = await ada.FailingCallAsync("judge.submit", Program(Endless));
        Assert.Equal((429, "2 of your runs are waiting: wait for one, or cancel it."), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Other_windows_of_the_user_learn_of_a_run()
    {
        await using var first = await ConnectAsync("ada");
        await using var second = await ProtocolClient.OpenAsync(_showcase.Http);
        var user = (await second.ConnectAsync(RunningShowcase.KeyOf("ada"))).GetProperty("data").GetProperty("user").GetString();
        var run = await SendAsync(first, PairsInLinearTime);
        var notice = await second.PublicationAsync($"runs:#{user}", static notice => notice.TryGetProperty("verdict", out _));
        Assert.Equal((run, "accepted"), (notice.GetProperty("run").GetString(), Verdict(notice)));
        Assert.Equal(run, (await second.CallAsync("judge.runs", "{}")).GetProperty("runs")[0].GetProperty("run").GetString());
    }

    [Fact]
    public async Task Polling_long_polling_and_a_stream_see_the_same_end()
    {
        await using var ada = await ConnectAsync("ada");
        var run = await SendAsync(ada, PairsInLinearTime);
        var stream = await _http.GetStringAsync($"/judge/api/runs/{run}/events", Token);
        Assert.Contains("\"verdict\":\"accepted\"", stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);

        using var polled = await _http.GetAsync($"/judge/api/runs/{run}", Token);
        Assert.Equal("accepted", Verdict((await polled.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("last")));
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/judge/api/runs/{run}");
        again.Headers.IfNoneMatch.Add(polled.Headers.ETag!);
        using var unchanged = await _http.SendAsync(again, Token);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(15, (await StepsAsync(run)).Count);
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_refused()
    {
        foreach (var path in (string[])["", "?after=0&wait=1", "/events"])
        {
            using var response = await _http.GetAsync($"/judge/api/runs/none{path}", Token);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{"clientId":"short","problem":"pairs-that-sum","code":"x"}""", 400)]
    [InlineData("""{"clientId":"12345678","problem":"none","code":"x"}""", 404)]
    [InlineData("""{"clientId":"12345678","problem":"pairs-that-sum","code":""}""", 400)]
    [InlineData("""{"clientId":"12345678","problem":"pairs-that-sum"}""", 400)]
    [InlineData("""{"clientId":"12345678","problem":"pairs-that-sum","code":"x","script":"x"}""", 400)]
    public async Task A_malformed_program_is_refused(string program, int code)
    {
        await using var ada = await ConnectAsync("ada");
        Assert.Equal(code, (await ada.FailingCallAsync("judge.submit", program)).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_visitor_without_a_key_sends_nothing_and_a_source_that_is_too_long_is_refused()
    {
        await using var visitor = await _showcase.ConnectAsync();
        Assert.Equal(401, (await visitor.FailingCallAsync("judge.submit", Program("x"))).GetProperty("code").GetInt32());
        await using var ada = await ConnectAsync("ada");
        Assert.Equal(400, (await ada.FailingCallAsync("judge.submit", Program(new string('x', (32 * 1024) + 1)))).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_judge_that_is_off_refuses_programs_and_says_why()
    {
        await using var showcase = await StartAsync(JudgeMode.Off, null);
        await using var ada = await showcase.ConnectAsync("ada");
        var error = await ada.FailingCallAsync("judge.submit", Program("x"));
        Assert.Equal(503, error.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Runs_without_a_verdict_are_executed_after_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("judge");
        try
        {
            string run;
            await using (var before = await StartAsync(null, data.FullName))
            {
                await using var ada = await ReadyAsync(before, "ada");
                await SendAsync(ada, Endless);
                run = await SendAsync(ada, PairsInLinearTime);
            }

            await using var after = await StartAsync(null, data.FullName);
            using var http = new HttpClient { BaseAddress = after.Http };
            await using var again = await ReadyAsync(after, "ada");
            Assert.Equal("accepted", Verdict((await StepsAsync(run, http))[^1]));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static Task<RunningShowcase> StartAsync(JudgeMode? mode, string? data) => RunningShowcase.StartAsync(
        data: data,
        judge: mode,
        configure: static builder => builder.Services.Configure<VisitorOptions>(static limits =>
        {
            foreach (var rates in (Rates[])[limits.Person, limits.Address]) rates[JudgeEndpoints.Submit] = new(1000, 1000);
        }));

    private static string? Verdict(JsonElement step) => Text(step, "verdict");

    private static string? Text(JsonElement step, string name) => step.GetProperty(name).GetString();

    private Task<ProtocolClient> ConnectAsync(string name) => ReadyAsync(_showcase, name);

    // The sandbox is checked after the start: a call of the judge waits for it.
    private static async Task<ProtocolClient> ReadyAsync(RunningShowcase showcase, string name)
    {
        var client = await showcase.ConnectAsync(name);
        await showcase.Services.GetRequiredService<JudgeService>().Chosen.WaitAsync(Token);
        return client;
    }

    private string Program(string code) =>
        JsonSerializer.Serialize(new { clientId = $"client-{++_sent}", problem = "pairs-that-sum", language = "javascript", code });

    private string TypeScript(string code, string? script) =>
        JsonSerializer.Serialize(new { clientId = $"client-{++_sent}", problem = "pairs-that-sum", language = "typescript", code, script });

    private async Task<string> SendAsync(ProtocolClient client, string code) =>
        (await client.CallAsync("judge.submit", Program(code))).GetProperty("run").GetString()!;

    private async Task<List<JsonElement>> StepsAsync(string run, HttpClient? http = null)
    {
        var steps = new List<JsonElement>();
        while (steps.Count == 0 || !steps[^1].TryGetProperty("verdict", out _))
        {
            var next = await (http ?? _http).GetFromJsonAsync<JsonElement>($"/judge/api/runs/{run}?after={steps.Count}&wait=20", Token);
            steps.AddRange(next.GetProperty("steps").EnumerateArray());
        }

        return steps;
    }
}
