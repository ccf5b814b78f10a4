using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Showcase.Conversations;

/// <summary>The JSON in which reactions are stored. It is never part of a page, so letters and emoji need no escapes, which are longer.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<Reaction>))]
internal sealed partial class ReactionJson : JsonSerializerContext
{
    /// <summary>The type of a message's reactions.</summary>
    public static JsonTypeInfo<IReadOnlyList<Reaction>> Stored { get; } =
        new ReactionJson(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).IReadOnlyListReaction;
}
