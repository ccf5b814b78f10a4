using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Judge.Worker;

/// <summary>The JSON serialization between the server and a worker, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(WorkerJob))]
[JsonSerializable(typeof(WorkerLine))]
internal sealed partial class WorkerJson : JsonSerializerContext;
