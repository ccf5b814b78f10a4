using System.Text.Json;
using System.Text.Json.Serialization;
using Showcase.Judge.Runs;

namespace Showcase.Judge;

// The messages on the wire, which docs/protocol/judge.md lists.

internal sealed record SubmitParams(string? ClientId, string? Problem, ScriptLanguage? Language, string? Code, string? Script);

internal sealed record SubmittedResult(string Run);

internal sealed record RunParams(string? Run);

internal sealed record ProblemsResult(IReadOnlyList<ProblemInfo> Problems, bool IsOn, string State);

internal sealed record ProblemInfo(string Id, string Title, string Text, string Starter, int Tests, IReadOnlyList<SampleInfo> Samples);

internal sealed record SampleInfo(string Input, string Expected);

internal sealed record RunData(string Problem, ScriptLanguage Language, string Code, bool SamplesOnly, long Time, int Place, IReadOnlyList<RunStep> Steps);

internal sealed record RunPlace(int Place);

internal sealed record QueueState(int Waiting, int Running);

internal sealed record FeedEntry(string User, string Name, string Problem, Verdict Verdict, double Ms, long Time);

/// <summary>The latest verdicts, the newest first.</summary>
internal sealed record FeedData(IReadOnlyList<FeedEntry> Latest);

internal sealed record BestData(IReadOnlyList<BestRun> Best);

internal sealed record RunNotice(string Run, string Problem, bool SamplesOnly, long Time, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Verdict? Verdict)
{
    /// <summary>Creates the notice of a run.</summary>
    public static RunNotice Of(Submission sent, Verdict? verdict) => new(sent.Id, sent.Problem, sent.SamplesOnly, sent.Time, verdict);
}

internal sealed record RunsResult(IReadOnlyList<RunNotice> Runs);

internal sealed record StepsResult(IReadOnlyList<RunStep> Steps);

internal sealed record RunStatus(int Place, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RunStep? Last);

internal sealed record CancelResult;

/// <summary>The JSON serialization of the judge's messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SubmitParams))]
[JsonSerializable(typeof(SubmittedResult))]
[JsonSerializable(typeof(RunParams), TypeInfoPropertyName = "JudgeRunParams")]
[JsonSerializable(typeof(ProblemsResult))]
[JsonSerializable(typeof(RunData))]
[JsonSerializable(typeof(RunPlace))]
[JsonSerializable(typeof(RunStep))]
[JsonSerializable(typeof(QueueState))]
[JsonSerializable(typeof(FeedEntry))]
[JsonSerializable(typeof(FeedData))]
[JsonSerializable(typeof(BestData))]
[JsonSerializable(typeof(RunNotice))]
[JsonSerializable(typeof(RunsResult))]
[JsonSerializable(typeof(StepsResult))]
[JsonSerializable(typeof(RunStatus))]
[JsonSerializable(typeof(CancelResult))]
internal sealed partial class JudgeJson : JsonSerializerContext;
