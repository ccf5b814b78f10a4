using Duplex.Messaging.Errors;
using Showcase.Sports.Matches;

namespace Showcase.Sports;

/// <summary>A match that a visitor reports.</summary>
internal sealed class Friendly(Match match, string owner, string clientId) : Fixture(match)
{
    private const long RepeatMilliseconds = 5000;

    private readonly Dictionary<string, int> _reports = [];

    /// <summary>The user who may report.</summary>
    public string Owner { get; } = owner;

    /// <summary>The id with which the page opened the match.</summary>
    public string ClientId { get; } = clientId;

    /// <summary>Appends a report and returns its sequence number. A report that is sent again returns that of the first one.</summary>
    /// <exception cref="ClientException">400 when the rules do not permit it, 409 when another report says the same.</exception>
    public (int Seq, bool IsNew) Report(string clientId, Func<Match, Incident> report)
    {
        if (_reports.TryGetValue(clientId, out var known)) return (known, false);
        report(Match);
        return (_reports[clientId] = Match.Log.Count, true);
    }

    /// <summary>Rejects an incident that another window has just reported.</summary>
    /// <exception cref="ClientException">409 with the id of the first report.</exception>
    public void RejectRepeated(IncidentDraft draft, long now)
    {
        var same = Match.Incidents.LastOrDefault(incident => (incident.Type, incident.Side, incident.Player, incident.Other) == (draft.Type, draft.Side, draft.Player, draft.Other)
            && incident.Period == (draft.Phase ?? incident.Period));
        if (same is not null && now - same.Time < RepeatMilliseconds) throw new ClientException(409, $"The same was reported a moment ago, as incident {same.Id}.");
    }
}
