using System.Text.Json;
using System.Text.Json.Serialization;

namespace Showcase.Conversations;

/// <summary>The JSON in which reactions are stored.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<Reaction>))]
internal sealed partial class ReactionJson : JsonSerializerContext;
