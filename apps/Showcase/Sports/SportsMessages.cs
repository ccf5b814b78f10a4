using System.Text.Json;
using System.Text.Json.Serialization;
using Showcase.Sports.Matches;
using Showcase.Sports.Simulation;

namespace Showcase.Sports;

// The messages on the wire, which docs/protocol/sports.md lists.

internal sealed record ScoreEntry(
    string Id, MatchKind Kind, string Competition, string Home, string Away, long KickOff, double Rate,
    IReadOnlyList<int> Score,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<int>? ShootOut,
    IReadOnlyList<int> Red, Phase Phase, long ClockAt, long Time,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Highlight? Last)
{
    public static ScoreEntry Of(Match match)
    {
        var (info, state) = (match.Info, match.State);
        return new(
            match.Id, info.Kind, info.Competition, info.Home.Name, info.Away.Name, info.KickOff, info.Rate,
            state.Score, state.Kicks.Sum() > 0 ? state.ShootOut : null, state.Reds, state.Phase, state.PhaseTime,
            match.Log is [.., var latest] ? latest.Time : info.KickOff, Highlight.Of(match, match.Log.LastOrDefault(Highlight.Is)));
    }
}

internal sealed record Highlight(
    Incident Incident,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name)
{
    public static Highlight? Of(Match match, Incident? incident) =>
        incident is null ? null : new(incident, incident.Side is { } side ? match.Info.Team(side).Find(incident.Player)?.Name : null);

    public static bool Is(Incident incident) => MatchRules.IsReviewable(incident.Type) || incident.Type == IncidentType.SecondYellow;
}

internal sealed record MatchData(
    string Id, MatchKind Kind, string Competition, bool IsCup, long KickOff, double Rate, Team Home, Team Away, string Note, bool CanReport,
    IReadOnlyList<Incident> Log);

internal sealed record MatchEvent(int Seq, Incident Incident);

internal sealed record GoalEvent(
    string Match, string Home, string Away, IReadOnlyList<int> Score, Incident Incident,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name);

internal sealed record LineParams(string? Match, int? From, int? To);

internal sealed record LineResult(IReadOnlyList<MatchEvent> Entries, bool More);

internal sealed record OpenParams(string? Home, string? Away, string? ClientId);

internal sealed record OpenedResult(string Match);

internal sealed record ReportParams(
    string? Match, string? ClientId, string? Type, int? Side, int? Player, int? Other, string? Phase, int? Added, int? Of, string? Reason);

/// <summary>The JSON serialization of the matches' messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ScoreEntry))]
[JsonSerializable(typeof(MatchData))]
[JsonSerializable(typeof(MatchEvent))]
[JsonSerializable(typeof(GoalEvent))]
[JsonSerializable(typeof(MatchStats))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(LineParams))]
[JsonSerializable(typeof(LineResult))]
[JsonSerializable(typeof(OpenParams))]
[JsonSerializable(typeof(OpenedResult))]
[JsonSerializable(typeof(ReportParams))]
internal sealed partial class SportsJson : JsonSerializerContext;
