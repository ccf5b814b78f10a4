using System.Text.Json;
using System.Text.Json.Serialization;
using Showcase.Comets.Rooms;

namespace Showcase.Comets;

// The messages on the wire, which docs/protocol/comets.md lists.

internal sealed record JoinParams(string? Room);

internal sealed record JoinedResult(string Room, int Ship);

internal sealed record LeftResult;

/// <summary>The state of a room that no snapshot carries.</summary>
internal sealed record RoomData(int Tick, int Seed, IReadOnlyList<int> Comets);

internal sealed record ScoreEntry(string Name, int Kills, int Deaths, bool IsBot);

internal sealed record ListedRoom(int People, int Bots, int Free);

/// <summary>Tells a page that another window of its user flies the ship.</summary>
internal sealed record TakenMessage(string Taken);

/// <summary>The JSON serialization of the game's messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JoinParams))]
[JsonSerializable(typeof(JoinedResult))]
[JsonSerializable(typeof(LeftResult))]
[JsonSerializable(typeof(RoomData))]
[JsonSerializable(typeof(ScoreEntry))]
[JsonSerializable(typeof(ListedRoom))]
[JsonSerializable(typeof(TakenMessage))]
[JsonSerializable(typeof(RoomEvent))]
internal sealed partial class CometsJson : JsonSerializerContext;
