using Duplex.Messaging.Errors;

namespace Showcase.Sports.Matches;

/// <summary>A match: a log of revisions of its incidents, and the state that follows from them.</summary>
internal sealed class Match(string id, MatchInfo info)
{
    private const int MaxEntries = 400;

    private readonly List<Incident> _log = [], _incidents = [];

    /// <summary>The id of the match.</summary>
    public string Id { get; } = id;

    /// <summary>What is known of the match before it begins.</summary>
    public MatchInfo Info { get; } = info;

    /// <summary>Every revision in order; the sequence number of an entry is its position from 1.</summary>
    public IReadOnlyList<Incident> Log => _log;

    /// <summary>The incidents by id, from 1, each in its latest revision.</summary>
    public IReadOnlyList<Incident> Incidents => _incidents;

    /// <summary>The state after all entries.</summary>
    public MatchState State { get; private set; } = MatchState.Of(info, []);

    /// <summary>Adds an incident at the minute of the match's clock.</summary>
    /// <exception cref="ClientException">400 when the rules do not permit it.</exception>
    public Incident Add(IncidentDraft draft, long now)
    {
        Refuse(MatchRules.Problem(Info, State, draft));
        var (period, (minute, extra)) = draft.Phase is { } begun
            ? (begun, Begins(begun))
            : (State.Phase, PhaseClock.At(State.Phase, (now - State.PhaseTime) * Info.Rate));
        return Append(new(
            _incidents.Count + 1, draft.Type, draft.Side, draft.Player, draft.Other, period, minute, extra, draft.Added, IncidentState.Active, 0, null, now));
    }

    /// <summary>Corrects an incident.</summary>
    /// <exception cref="ClientException">400 when the rules do not permit it.</exception>
    public Incident Correct(int? of, IncidentState next, string? reason, long now)
    {
        var incident = of >= 1 && of <= _incidents.Count ? _incidents[of.Value - 1] : null;
        Refuse(MatchRules.CorrectionProblem(State, incident, next));
        return Append(incident! with { State = next, Revision = incident.Revision + 1, Reason = reason, Time = now });
    }

    /// <summary>Appends an entry that the rules have admitted.</summary>
    public Incident Append(Incident entry)
    {
        _log.Add(entry);
        if (entry.Revision == 0)
        {
            _incidents.Add(entry);
            State.Apply(entry);
        }
        else
        {
            // A correction changes the past, so everything is derived again.
            _incidents[entry.Id - 1] = entry;
            State = MatchState.Of(Info, _incidents);
        }

        return entry;
    }

    private (int Minute, int Extra) Begins(Phase phase) =>
        PhaseClock.At(phase == Phase.FullTime && State.Phase == Phase.SecondHalf ? Phase.ExtraTimeBreak : phase, 0);

    private void Refuse(string? problem)
    {
        if (_log.Count >= MaxEntries) problem ??= $"A match has at most {MaxEntries} entries.";
        if (problem is not null) throw new ClientException(400, problem);
    }
}
