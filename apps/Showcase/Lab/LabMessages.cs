using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Lab;

/// <summary>An event as it is sent.</summary>
/// <param name="N">The number.</param>
/// <param name="At">The time of the event in Unix milliseconds.</param>
/// <param name="Pad">The padding.</param>
internal sealed record LabMessage(long N, long At, string Pad);

/// <summary>The result of starting a run.</summary>
/// <param name="Run">The run's id.</param>
internal sealed record StartedRun(string Run);

/// <summary>The parameters of a call about a run.</summary>
internal sealed record RunParams(string? Run);

/// <summary>The parameters of a pause.</summary>
internal sealed record PauseParams(string? Run, bool IsPaused);

/// <summary>The state of a run.</summary>
internal sealed record RunResult(LabSettings Settings, long Last, IReadOnlyDictionary<LabWay, LabCounts> Ways);

/// <summary>A result without data.</summary>
internal sealed record NoResult;

/// <summary>The JSON serialization of the laboratory's messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DictionaryKeyPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LabMessage))]
[JsonSerializable(typeof(LabSettings))]
[JsonSerializable(typeof(StartedRun))]
[JsonSerializable(typeof(RunParams))]
[JsonSerializable(typeof(PauseParams))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(NoResult))]
internal sealed partial class LabJson : JsonSerializerContext;
