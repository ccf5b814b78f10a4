using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Showcase.Pad.Changes;
using Showcase.Pad.Documents;

namespace Showcase.Pad;

// The messages on the wire, which docs/protocol/pad.md lists.

internal sealed record JoinData(long? Have, bool? Unsent, string? Key);

internal sealed record DocumentData(
    string Title, bool IsOpen, bool CanWrite, long Version, uint Hash,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Push>? Pushes);

internal sealed record PushParams(string? Doc, string? Key, long? Version, string? C, long? N, IReadOnlyList<JsonElement>? Updates);

internal sealed record PushedResult(long Version);

internal sealed record CreateParams(string? Title, bool? IsOpen);

internal sealed record CreatedResult(string Doc, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key);

internal sealed record RenameDocumentParams(string? Doc, string? Key, string? Title);

internal sealed record TitleEvent(string Title);

internal sealed record PadHistoryParams(string? Doc, long? From);

internal sealed record PadHistoryResult(
    long Version, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text, IReadOnlyList<SignedPush> Pushes, bool More);

internal sealed record CursorMessage(string? C, string? User, string? Name, long? V, long? A, long? H);

internal sealed record ListedDocument(string Title, int Length, long Changed, int People, IReadOnlyList<string> Names);

/// <summary>The JSON serialization of the documents' messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JoinData))]
[JsonSerializable(typeof(DocumentData))]
[JsonSerializable(typeof(PushParams))]
[JsonSerializable(typeof(PushedResult))]
[JsonSerializable(typeof(CreateParams))]
[JsonSerializable(typeof(CreatedResult))]
[JsonSerializable(typeof(RenameDocumentParams))]
[JsonSerializable(typeof(TitleEvent))]
[JsonSerializable(typeof(Push))]
[JsonSerializable(typeof(PadHistoryParams))]
[JsonSerializable(typeof(PadHistoryResult))]
[JsonSerializable(typeof(CursorMessage))]
[JsonSerializable(typeof(ListedDocument))]
[JsonSerializable(typeof(IReadOnlyList<ChangeSet>))]
internal sealed partial class PadJson : JsonSerializerContext
{
    /// <summary>The form in which updates are stored.</summary>
    public static JsonTypeInfo<IReadOnlyList<ChangeSet>> Stored => Default.IReadOnlyListChangeSet;
}
