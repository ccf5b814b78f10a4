using Duplex.Messaging.Clients;
using Showcase.Comets.Physics;

namespace Showcase.Comets.Rooms;

/// <summary>One arena with its ships. All members are called by one thread at a time.</summary>
/// <param name="name">The name.</param>
/// <param name="seed">Determines the paths of the comets and where ships return.</param>
/// <param name="options">What fills the room, and how long ships wait.</param>
internal sealed class Room(string name, int seed, CometsOptions options)
{
    /// <summary>The maximum number of ships.</summary>
    public const int MaxShips = 24;

    /// <summary>The maximum number of shots that fly at once.</summary>
    public const int MaxShots = 40;

    /// <summary>The ticks between two snapshots.</summary>
    public const int TicksPerSnapshot = 3;

    /// <summary>The ticks of a round, at whose end the scores begin again.</summary>
    public const int RoundTicks = 180 * Arena.TicksPerSecond;

    private const int CometPause = 4 * Arena.TicksPerSecond;
    private const int ReturnTicks = 2 * Arena.TicksPerSecond, ShieldTicks = 2 * Arena.TicksPerSecond;
    private const int MaxParkedTicks = 300 * Arena.TicksPerSecond;

    // A quarter of an hour before the first tick: the comets have spread over the arena.
    private const int CometsBegan = -54_000;

    private readonly List<Ship> _ships = [];
    private readonly List<Shot> _shots = [];
    private readonly int[] _cometsAppeared = [.. Enumerable.Range(0, options.Comets).Select(static place => CometsBegan - place)];
    private readonly Random _random = new(seed);
    private int _lastShip, _lastShot;

    public string Name { get; } = name;

    public int Seed { get; } = seed;

    public int Tick { get; private set; }

    public IReadOnlyList<Ship> Ships => _ships;

    public IReadOnlyList<Shot> Shots => _shots;

    /// <summary>The ticks in which the comets appeared, by their places.</summary>
    public IReadOnlyList<int> CometsAppeared => _cometsAppeared;

    public int People => _ships.Count(static ship => !ship.IsBot);

    /// <summary>What has happened since it was published.</summary>
    public Queue<RoomEvent> Events { get; } = [];

    /// <summary>The ids of ships that left since it was published.</summary>
    public Queue<int> Left { get; } = [];

    public Ship? Find(string user) => _ships.Find(ship => ship.User == user);

    /// <summary>Returns the ship of a user, which is a new one unless the user has one.</summary>
    /// <returns>Null when all places are taken by people.</returns>
    public Ship? Join(string user, string pilot, ClientContext client, out ClientContext? earlier)
    {
        earlier = null;
        if (Find(user) is { } own)
        {
            earlier = own.Take(client);
            return own;
        }

        if (People == MaxShips) return null;
        var ship = Add(user, pilot);
        ship.Take(client);
        Fill();
        return ship;
    }

    /// <summary>Removes the ship of a user, if there is one.</summary>
    public void Leave(string user)
    {
        if (Find(user) is { } ship) Remove(ship);
    }

    /// <summary>Adds or removes bots, so that a person is never alone and never without a place.</summary>
    public void Fill()
    {
        var bots = Math.Max(0, options.FilledTo - People);
        while (_ships.Count(static ship => ship.IsBot) > bots) Remove(_ships.Where(static ship => ship.IsBot).MinBy(static ship => ship.Kills)!);
        while (_ships.Count - People < bots) Add("", Bot.NameIn(_ships));
    }

    /// <summary>Simulates the ticks until the next snapshot.</summary>
    public void Advance()
    {
        foreach (var ship in _ships.ToArray())
        {
            ship.Look(TicksPerSnapshot);
            if (ship.LostTicks > options.Grace.TotalSeconds * Arena.TicksPerSecond || (ship.IsParked && ship.Inputs.SilentTicks > MaxParkedTicks)) Remove(ship);
        }

        Fill();
        for (var i = 0; i < TicksPerSnapshot; i++) Step();
    }

    private void Step()
    {
        Tick++;
        foreach (var ship in _ships) Fly(ship);
        for (var i = _shots.Count - 1; i >= 0; i--)
        {
            _shots[i] = _shots[i].Step();
            if (Hits(_shots[i]) || _shots[i].IsOver) _shots.RemoveAt(i);
        }

        Collide();
        if (Tick % RoundTicks == 0) EndRound();
    }

    private void Fly(Ship ship)
    {
        if (ship.ReturnsAt == Tick) Place(ship);
        ship.Held = ship.IsBot ? Bot.Decide(ship, this) : ship.Inputs.Take();
        if (!ship.IsFlying) return;
        ship.Flight = ship.Flight.Step(ship.Held, out var fires);
        if (fires && _shots.Count < MaxShots) _shots.Add(Shot.From(++_lastShot, ship.Id, ship.Flight));
    }

    private bool Hits(in Shot shot)
    {
        foreach (var ship in _ships)
        {
            if (ship.Id == shot.Ship || !IsTarget(ship) || !Arena.AreWithin(shot.X, shot.Y, ship.Flight.X, ship.Flight.Y, Flight.Radius + Shot.Radius)) continue;
            var by = shot.Ship;
            Destroy(ship, _ships.Find(other => other.Id == by));
            return true;
        }

        for (var place = 0; place < _cometsAppeared.Length; place++)
        {
            var comet = CometAt(place);
            if (!Arena.AreWithin(shot.X, shot.Y, comet.X, comet.Y, comet.Radius + Shot.Radius)) continue;
            Burst(place);
            return true;
        }

        return false;
    }

    private void Collide()
    {
        for (var i = 0; i < _ships.Count; i++)
        {
            if (!IsTarget(_ships[i])) continue;
            for (var place = 0; place < _cometsAppeared.Length; place++)
            {
                var (comet, flight) = (CometAt(place), _ships[i].Flight);
                if (_ships[i].IsFlying && Arena.AreWithin(flight.X, flight.Y, comet.X, comet.Y, comet.Radius + Flight.Radius)) Destroy(_ships[i], null);
            }

            for (var j = i + 1; j < _ships.Count; j++)
                if (IsTarget(_ships[i]) && IsTarget(_ships[j])) Bounce(_ships[i], _ships[j]);
        }
    }

    // Ships of equal mass exchange their velocities, unless they move apart already.
    private static void Bounce(Ship one, Ship other)
    {
        var (a, b) = (one.Flight, other.Flight);
        if (!Arena.AreWithin(a.X, a.Y, b.X, b.Y, 2 * Flight.Radius)) return;
        var (dx, dy, dvx, dvy) = ((long)b.X - a.X, (long)b.Y - a.Y, (long)b.Vx - a.Vx, (long)b.Vy - a.Vy);
        if ((dx * dvx) + (dy * dvy) >= 0) return;
        one.Flight = a with { Vx = b.Vx, Vy = b.Vy };
        other.Flight = b with { Vx = a.Vx, Vy = a.Vy };
    }

    private bool IsTarget(Ship ship) => ship.IsFlying && !ship.IsShielded(Tick);

    private void Destroy(Ship ship, Ship? by)
    {
        ship.ReturnsAt = Tick + ReturnTicks;
        ship.Deaths++;
        ship.IsScoreNew = true;
        if (by is not null) (by.Kills, by.IsScoreNew) = (by.Kills + 1, true);
        Events.Enqueue(new(Tick, by is null ? "crash" : "shot") { Ship = ship.Id, Name = ship.Name, By = by?.Id, ByName = by?.Name });
    }

    private void Burst(int place)
    {
        _cometsAppeared[place] = Tick + CometPause;
        Events.Enqueue(new(Tick, "burst") { Comet = place, Appears = _cometsAppeared[place] });
    }

    private void EndRound()
    {
        var best = _ships.MaxBy(static ship => ship.Kills);
        Events.Enqueue(new(Tick, "round") { Ship = best?.Id, Name = best?.Name, Kills = best?.Kills });
        foreach (var ship in _ships) (ship.Kills, ship.Deaths, ship.IsScoreNew) = (0, 0, true);
    }

    /// <summary>Returns where the comet of a place is; far outside the arena before it appears.</summary>
    public Comet CometAt(int place) => Tick < _cometsAppeared[place]
        ? new(-Arena.Width, -Arena.Height, 0)
        : Comet.At(Seed, place, _cometsAppeared[place], Tick);

    private Ship Add(string user, string pilot)
    {
        var ship = new Ship(++_lastShip, user, pilot);
        Place(ship);
        _ships.Add(ship);
        if (!ship.IsBot) Events.Enqueue(new(Tick, "join") { Ship = ship.Id, Name = ship.Name });
        return ship;
    }

    private void Remove(Ship ship)
    {
        _ships.Remove(ship);
        Left.Enqueue(ship.Id);
        if (!ship.IsBot) Events.Enqueue(new(Tick, "leave") { Ship = ship.Id, Name = ship.Name });
    }

    // Of four places the one that is farthest from every other ship.
    private void Place(Ship ship)
    {
        var (x, y) = Enumerable.Range(0, 4)
            .Select(_ => (X: _random.Next(Arena.Width / 8, Arena.Width * 7 / 8), Y: _random.Next(Arena.Height / 8, Arena.Height * 7 / 8)))
            .MaxBy(at => _ships.Where(other => other != ship).Select(other => Math.Abs(other.Flight.X - at.X) + Math.Abs(other.Flight.Y - at.Y)).DefaultIfEmpty(0).Min());
        ship.Flight = new(x, y, 0, 0, _random.Next(Sine.Headings), 0);
        (ship.ReturnsAt, ship.ShieldedUntil) = (0, Tick + ShieldTicks);
    }
}
