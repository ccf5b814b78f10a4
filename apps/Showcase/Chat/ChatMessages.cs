using System.Text.Json;
using System.Text.Json.Serialization;
using Showcase.Conversations;

namespace Showcase.Chat;

// The messages on the wire, which docs/protocol/chat.md lists.

public sealed record RoomData(IReadOnlyList<Message> Messages, IReadOnlyList<ReadMarker> Reads);

public sealed record RoomSummary(
    string Room, string Title, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Message? Last, long Read);

public sealed record RoomsData(IReadOnlyList<RoomSummary> Rooms);

public sealed record RoomRead(string Room, long Id);

public sealed record SendParams(string? Room, string? Text, string? ClientId, long? ReplyTo = null);

public sealed record EditParams(string? Room, long? Id, string? Text);

public sealed record MessageParams(string? Room, long? Id);

public sealed record ReactParams(string? Room, long? Id, string? Emoji, bool? On);

public sealed record SearchParams(string? Room, string? Text);

public sealed record SearchResult(IReadOnlyList<Message> Messages);

public sealed record HistoryParams(string? Room, long? Before, int? Limit);

public sealed record ReadParams(string? Room, long? Id);

/// <summary>The JSON serialization of the chat's messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(MessageEvent))]
[JsonSerializable(typeof(ReadEvent))]
[JsonSerializable(typeof(Typing))]
[JsonSerializable(typeof(RoomData))]
[JsonSerializable(typeof(RoomsData))]
[JsonSerializable(typeof(RoomRead))]
[JsonSerializable(typeof(SendParams))]
[JsonSerializable(typeof(EditParams))]
[JsonSerializable(typeof(MessageParams))]
[JsonSerializable(typeof(ReactParams))]
[JsonSerializable(typeof(SearchParams))]
[JsonSerializable(typeof(SearchResult))]
[JsonSerializable(typeof(SentResult))]
[JsonSerializable(typeof(HistoryParams))]
[JsonSerializable(typeof(HistoryResult))]
[JsonSerializable(typeof(ReadParams))]
[JsonSerializable(typeof(ReadResult))]
internal sealed partial class ChatJson : JsonSerializerContext;
