using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Hosting;
using Showcase.Sports.Matches;
using Showcase.Visitors;

namespace Showcase.Sports;

/// <summary>Validates the parameters of the calls. Each method returns the valid value or throws.</summary>
internal static class SportsRules
{
    private const int MinClientId = 8, MaxClientId = 64;

    public static Visitor Scout(ClientContext client) => Visitor.WithKey(client, "report a match");

    public static Fixture Match(League league, string? id) => id is not null && league.Fixtures.TryGetValue(id, out var fixture) ? fixture
        : throw new ClientException(404, "There is no such match.");

    public static Friendly Own(League league, string? id, string user) => Match(league, id) is Friendly friendly && friendly.Owner == user ? friendly
        : throw new ClientException(403, "Only the person who opened a friendly reports it.");

    public static string TeamName(string? name) => VisitorName.Shown(name ?? "")
        ?? throw new ClientException(400, $"home and away must have 1 to {VisitorName.MaxLength} visible characters.");

    public static string ClientId(string? id) => id is { Length: >= MinClientId and <= MaxClientId } ? id
        : throw new ClientException(400, $"clientId must have {MinClientId} to {MaxClientId} characters.");

    public static string? Reason(string? reason) => reason is null ? null : VisitorName.Shown(reason) is { } shown ? shown
        : throw new ClientException(400, $"reason must have 1 to {VisitorName.MaxLength} visible characters.");

    public static TEnum Value<TEnum>(string name, string? value)
        where TEnum : struct, Enum =>
        CamelCaseEnum<TEnum>.Find(value) ?? throw new ClientException(400, $"{name} is unknown: {string.Join(", ", CamelCaseEnum<TEnum>.Names)}.");

    public static IncidentDraft Draft(ReportParams report, Match match)
    {
        var type = Value<IncidentType>("type", report.Type);
        var isSecond = type == IncidentType.Yellow && report is { Side: 0 or 1, Player: { } player } && match.State.IsBooked(report.Side.Value, player);
        return new(
            isSecond ? IncidentType.SecondYellow : type, report.Side, report.Player, report.Other,
            type == IncidentType.Phase ? Value<Phase>("phase", report.Phase) : null, report.Added);
    }
}
