using System.Text.Json;
using System.Text.Json.Serialization;
using Showcase.Conversations;

namespace Showcase.Support;

// The messages on the wire, which docs/protocol/support.md lists.

public sealed record OpenParams(string? ClientId, string? Text, string? Page, string? Context = null);

public sealed record OpenedResult(Case Case, Message Message);

public sealed record CaseParams(string? Case);

public sealed record CaseSendParams(string? Case, string? Text, string? ClientId);

public sealed record HandParams(string? Case, string? To, string? Note, string? ClientId);

public sealed record RateParams(string? Case, int? Rating);

public sealed record CaseReadParams(string? Case, long? Id);

public sealed record CasePageParams(string? Case, long? Before);

public sealed record SitParams(string? Key);

public sealed record SeatResult;

public sealed record CaseResult(Case Case);

public sealed record JoinCase(long? Have);

public sealed record CaseData(Case Case, IReadOnlyList<Message> Messages, IReadOnlyList<ReadMarker> Reads);

public sealed record NotesData(IReadOnlyList<Message> Notes);

public sealed record CasesData(IReadOnlyList<Case> Cases);

public sealed record CaseEvent(Case Case, string Type = "case");

public sealed record Report(string? Page, string? Context);

public sealed record Claim(string Agent, string Name, long Time);

public sealed record DeskState(int Agents, int Waiting, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Wait, bool HasKey);

/// <summary>The JSON serialization of the helpdesk's messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OpenParams))]
[JsonSerializable(typeof(OpenedResult))]
[JsonSerializable(typeof(CaseParams))]
[JsonSerializable(typeof(CaseSendParams))]
[JsonSerializable(typeof(HandParams))]
[JsonSerializable(typeof(RateParams))]
[JsonSerializable(typeof(CaseReadParams))]
[JsonSerializable(typeof(CasePageParams))]
[JsonSerializable(typeof(SitParams))]
[JsonSerializable(typeof(SeatResult))]
[JsonSerializable(typeof(CaseResult))]
[JsonSerializable(typeof(JoinCase))]
[JsonSerializable(typeof(CaseData))]
[JsonSerializable(typeof(NotesData))]
[JsonSerializable(typeof(CasesData))]
[JsonSerializable(typeof(CaseEvent))]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(DeskState))]
[JsonSerializable(typeof(MessageEvent))]
[JsonSerializable(typeof(ReadEvent))]
[JsonSerializable(typeof(Typing))]
[JsonSerializable(typeof(SentResult))]
[JsonSerializable(typeof(HistoryResult))]
[JsonSerializable(typeof(ReadResult))]
internal sealed partial class SupportJson : JsonSerializerContext;
