using System.Text.Json;
using System.Text.Json.Serialization;
using Showcase.Board.Market;
using Showcase.Board.Watching;

namespace Showcase.Board;

// The messages on the wire, which docs/protocol/board.md lists.

public sealed record QuotesFilter(string? Sector, IReadOnlyList<string>? Symbols);

public sealed record QuotesData(IReadOnlyList<Quote> Quotes);

public sealed record ListedInstrument(string Symbol, string Name, string Sector, string Open, double PerSecond);

public sealed record BoardInfo(long Session, IReadOnlyList<ListedInstrument> Instruments);

public sealed record PastParams(IReadOnlyList<string>? Symbols, int? Points);

public sealed record PastResult(long From, long To, IReadOnlyDictionary<string, IReadOnlyList<decimal>> Prices);

public sealed record WatchData(IReadOnlyList<WatchList> Lists, IReadOnlyList<Alert> Alerts);

public sealed record SaveListParams(string? Id, string? Name, IReadOnlyList<string>? Symbols, long? Version);

public sealed record RemoveParams(string? Id);

public sealed record AlertParams(string? Id, string? Symbol, string? Side, string? Price);

public sealed record ListEvent(WatchList List);

public sealed record AlertEvent(Alert Alert);

public sealed record RemovedEvent(string Removed);

public sealed record LeftEvent(string Left);

/// <summary>The JSON serialization of the board's messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(QuotesFilter))]
[JsonSerializable(typeof(QuotesData))]
[JsonSerializable(typeof(BoardInfo))]
[JsonSerializable(typeof(PastParams))]
[JsonSerializable(typeof(PastResult))]
[JsonSerializable(typeof(WatchData))]
[JsonSerializable(typeof(SaveListParams))]
[JsonSerializable(typeof(RemoveParams))]
[JsonSerializable(typeof(AlertParams))]
[JsonSerializable(typeof(ListEvent))]
[JsonSerializable(typeof(AlertEvent))]
[JsonSerializable(typeof(RemovedEvent))]
[JsonSerializable(typeof(LeftEvent))]
internal sealed partial class BoardJson : JsonSerializerContext;
