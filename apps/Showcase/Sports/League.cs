using Microsoft.Extensions.Options;
using Showcase.Sports.Matches;
using Showcase.Sports.Simulation;

namespace Showcase.Sports;

/// <summary>
/// The matches of the list. A simulated match is played in advance and shown entry by entry when its time comes, so the
/// list costs nothing while nobody watches, and is right again at once. Used by one caller at a time.
/// </summary>
internal sealed class League
{
    private const long PlannedMinutes = 115, RestMinutes = 20, MinuteMilliseconds = 60_000;
    private const int CupPlaces = 3;
    private static readonly DateTimeOffset IdsBegin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SportsOptions _options;
    private readonly Fixture?[] _places;
    private readonly Dictionary<string, Fixture> _fixtures = [];
    private readonly Queue<string> _finished = [];
    private readonly Random _draw;
    private long _lastId;

    public League(IOptions<SportsOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _places = new Fixture?[_options.Matches];
        _draw = new(_options.Seed);
        _fixtures[RealFinal.Id] = new(RealFinal.Create());

        // An id that a page holds since before a restart must not name another match.
        _lastId = (long)(time.GetUtcNow() - IdsBegin).TotalSeconds;
    }

    /// <summary>The matches by id.</summary>
    public IReadOnlyDictionary<string, Fixture> Fixtures => _fixtures;

    /// <summary>The time of the next change; null when none is known.</summary>
    public long? NextAt => _fixtures.Values.Min(static fixture => fixture.NextAt);

    /// <summary>Starts, continues and removes matches up to a time, and returns what has changed, in order.</summary>
    public IEnumerable<LeagueChange> Advance(long now)
    {
        foreach (var fixture in _fixtures.Values)
            while (fixture.TakeDue(now) is { } entry) yield return new(fixture.Match, entry);
        foreach (var id in Removed(now))
        {
            _fixtures.Remove(id, out var removed);
            yield return new(removed!.Match, null);
        }

        for (var place = 0; place < _places.Length; place++)
        {
            if (_places[place] is { } last && (!last.IsOver || now < last.EndsAt + Real(RestMinutes))) continue;
            if (_places[place] is { } over) _finished.Enqueue(over.Match.Id);
            _places[place] = Start(place, now);
            yield return new(_places[place]!.Match, null);
        }
    }

    /// <summary>Adds a friendly.</summary>
    public Friendly Open(MatchInfo info, string owner, string clientId)
    {
        var friendly = new Friendly(new($"m{++_lastId}", info), owner, clientId);
        _fixtures[friendly.Match.Id] = friendly;
        return friendly;
    }

    private Fixture Start(int place, long now)
    {
        // The first matches are in progress, and so are those after a long time without anybody who watches.
        var staggered = now - (Real(PlannedMinutes + RestMinutes) * place / _places.Length);
        var kickOff = _places[place] is { } last && last.EndsAt + Real(2 * RestMinutes) > now ? now + Real(RestMinutes / 4) : staggered;
        var isCup = place >= _places.Length - CupPlaces;
        var (home, away) = (Free(), "");
        away = Free(home);
        var info = new MatchInfo(
            MatchKind.Simulated, isCup ? "Founders' Cup" : place % 2 == 0 ? "Northern League" : "Southern League", isCup, kickOff, _options.Speed,
            Clubs.Of(home), Clubs.Of(away), $"Simulated, {_options.Speed} times as fast as a real match. Clubs and players are invented.");
        var fixture = new Fixture(new($"m{++_lastId}", info), MatchSimulation.Play(info, _draw.Next()));
        _fixtures[fixture.Match.Id] = fixture;

        // Nobody can have missed the entries of a match that was not in the list.
        while (fixture.TakeDue(now) is not null) continue;
        return fixture;
    }

    private string Free(string other = "")
    {
        var busy = _places.OfType<Fixture>().Where(static fixture => !fixture.IsOver).SelectMany(static fixture => (string[])[fixture.Match.Info.Home.Name, fixture.Match.Info.Away.Name]);
        var free = Clubs.Names.Except([.. busy, other]).ToList();
        return free[_draw.Next(free.Count)];
    }

    private List<string> Removed(long now)
    {
        var removed = new List<string>();
        while (_finished.Count > _options.Finished) removed.Add(_finished.Dequeue());
        removed.AddRange(_fixtures.Values.OfType<Friendly>()
            .Where(friendly => now - friendly.Match.Info.KickOff > _options.FriendlyLife.TotalMilliseconds)
            .Select(static friendly => friendly.Match.Id));
        return removed;
    }

    private long Real(long minutes) => minutes * MinuteMilliseconds / _options.Speed;
}
