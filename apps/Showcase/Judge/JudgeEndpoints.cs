using System.Text;
using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;
using Showcase.Hosting;
using Showcase.Judge.Problems;
using Showcase.Judge.Runs;
using Showcase.Judge.Worker;
using Showcase.Visitors;

namespace Showcase.Judge;

/// <summary>Registers the judge and maps its channels and calls, which docs/protocol/judge.md describes.</summary>
internal static class JudgeEndpoints
{
    private const int LatestRuns = 20, LatestVerdicts = 8;

    /// <summary>The visitor sends a program.</summary>
    public static Act Submit { get; } = new("You are sending programs too fast");

    /// <summary>Registers the judge, its options and its namespaces.</summary>
    public static DuplexBuilder AddJudge(this DuplexBuilder duplex, string folder)
    {
        duplex.Services.AddSection<JudgeOptions>("Judge");
        duplex.Services.AddSingleton<ProblemSet>();
        duplex.Services.AddSingleton(services => new RunStore(folder, services.GetRequiredService<IOptions<JudgeOptions>>().Value.RetainedRuns));
        duplex.Services.AddSingleton<SolutionNews>().AddBackground<JudgeService>();
        duplex.Services.AddHealthChecks().AddCheck<JudgeHealth>("judge", timeout: Health.Timeout);
        duplex.Services.Configure<VisitorOptions>(static limits => (limits.Person[Submit], limits.Address[Submit]) = (new(6, 0.1), new(20, 0.5)));
        return duplex
            .AddJsonContext(JudgeJson.Default)
            .AddNamespace("run", ns =>
            {
                ns.HistorySize = 200;
                ns.HistoryTtl = TimeSpan.FromHours(1);
                ns.Recovery = true;
            })
            .AddNamespace("queue", ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("feed", ns => ns.SlowConsumers = SlowConsumerPolicy.DropOldest)
            .AddNamespace("best", ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("runs", ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate);
    }

    /// <summary>Returns the channel of a run.</summary>
    public static string ChannelOf(string run) => $"run:{run}";

    /// <summary>Returns the channel of a user's own runs. The server subscribes every connection of the user to it.</summary>
    public static string RunsOf(string user) => $"runs:#{user}";

    /// <summary>
    /// Maps the judge's channels and calls. Where they use the store, they yield to the thread pool first: the store blocks on
    /// the disk, and the hub's shards must not block.
    /// </summary>
    public static void MapJudge(this DuplexEndpointConventionBuilder hub)
    {
        hub.ServiceProvider.GetRequiredService<RunStore>();
        MapChannels(hub);
        hub.MapRpc("judge.problems", (ClientContext client, ProblemSet problems, JudgeService judge) =>
        {
            Visitor.Of(client);
            return new ProblemsResult([.. problems.All.Select(InfoOf)], judge.State.IsOn, judge.State.Sentence);
        });
        hub.MapRpc("judge.submit", async (SubmitParams sent, ClientContext client, ProblemSet problems, JudgeService judge, TimeProvider time) =>
            new SubmittedResult(await SendAsync(sent, samplesOnly: false, client, problems, judge, time)));
        hub.MapRpc("judge.run", async (SubmitParams sent, ClientContext client, ProblemSet problems, JudgeService judge, TimeProvider time) =>
            new SubmittedResult(await SendAsync(sent, samplesOnly: true, client, problems, judge, time)));
        hub.MapRpc("judge.cancel", async (RunParams run, ClientContext client, JudgeService judge) =>
        {
            var user = Visitor.Of(client).User;
            await Task.Yield();
            judge.Cancel(run.Run ?? "", user);
            return new CancelResult();
        });
        hub.MapRpc("judge.runs", async (ClientContext client, RunStore store) =>
        {
            var user = Visitor.Of(client).User;
            await Task.Yield();
            return new RunsResult([.. store.Latest(user, LatestRuns).Select(sent => RunNotice.Of(sent, store.Find(sent.Id)?.Last?.Verdict))]);
        });
    }

    private static void MapChannels(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("run:{run}").OnSubscribe(async (string run, ClientContext client, JudgeService judge, RunStore store) =>
        {
            var visitor = Visitor.Of(client);
            await Task.Yield();
            if (store.Find(run) is not var (sent, last) || sent.User != visitor.User) throw new ClientException(404, "There is no such run of yours.");
            var live = judge.Find(run);
            return SubscribeDecision.Allow(new RunData(
                sent.Problem, sent.Language, sent.Code, sent.SamplesOnly, sent.Time,
                live is null ? 0 : judge.PlaceOf(live), live?.After(0) ?? (last is null ? [] : [last])));
        });
        hub.MapChannel("queue:all").OnSubscribe((ClientContext client, JudgeService judge) =>
        {
            Visitor.Of(client);
            return SubscribeDecision.Allow(judge.QueueState);
        });
        hub.MapChannel("feed:all").OnSubscribe(async (ClientContext client, RunStore store) =>
        {
            Visitor.Of(client);
            await Task.Yield();
            return SubscribeDecision.Allow(new FeedData(store.LatestVerdicts(LatestVerdicts)));
        });
        hub.MapChannel("best:{problem}").OnSubscribe(async (string problem, ClientContext client, ProblemSet problems, RunStore store) =>
        {
            Visitor.Of(client);
            await Task.Yield();
            return SubscribeDecision.Allow(new BestData(store.Best(Find(problems, problem).Id)));
        });
    }

    private static async Task<string> SendAsync(SubmitParams sent, bool samplesOnly, ClientContext client, ProblemSet problems, JudgeService judge, TimeProvider time)
    {
        var visitor = Visitor.WithKey(client, "send a program");
        if (sent.ClientId is not { Length: >= 8 and <= 64 } clientId) throw new ClientException(400, "clientId must have 8 to 64 characters: generate one for each program that is sent.");
        var problem = Find(problems, sent.Problem);
        if (sent.Code is not { Length: > 0 } code || Encoding.UTF8.GetByteCount(code) > WorkerJob.MaxCodeBytes)
            throw new ClientException(400, $"code must have 1 to {WorkerJob.MaxCodeBytes} bytes.");
        var language = sent.Language ?? ScriptLanguage.JavaScript;
        if (language == ScriptLanguage.TypeScript ? sent.Script is not { } script || !ErasedTypes.Leave(script, code) : sent.Script is not null)
            throw new ClientException(400, "script must be code with its types replaced by spaces for TypeScript, and missing for JavaScript.");
        visitor.Take(Submit);
        await Task.Yield();
        return judge.Submit(new(
            SecretId.New(), visitor.User, visitor.Name, clientId, problem.Id,
            language, code, samplesOnly, time.GetUtcNow().ToUnixTimeMilliseconds(), sent.Script));
    }

    private static Problem Find(ProblemSet problems, string? id) =>
        problems.Find(id) ?? throw new ClientException(404, "There is no such problem.");

    private static ProblemInfo InfoOf(Problem problem) => new(
        problem.Id, problem.Title, problem.Text, problem.Starter, problem.Cases.Count,
        [.. problem.CasesOf(samplesOnly: true).Select(static sample => new SampleInfo(sample.Input, sample.Expected))]);
}
