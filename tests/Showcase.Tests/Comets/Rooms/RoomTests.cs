using Showcase.Comets.Physics;
using Showcase.Comets.Rooms;

namespace Showcase.Tests.Comets.Rooms;

/// <summary>The rules of a room.</summary>
public sealed class RoomTests
{
    private const int FilledTo = 6;

    private readonly Room _room = new("lyra", seed: 6, new() { FilledTo = FilledTo });
    private int _number;

    [Fact]
    public void Bots_fill_the_room_and_leave_when_people_come()
    {
        for (var person = 1; person <= Room.MaxShips; person++)
        {
            Join($"u{person}");
            Assert.Equal(Math.Max(FilledTo, person), _room.Ships.Count);
            Assert.Equal(person, _room.People);
        }

        Assert.Null(_room.Join("late", "late", new TestPilot("late"), out _));
        _room.Leave("u1");
        Assert.NotNull(_room.Join("late", "late", new TestPilot("late"), out _));
    }

    [Fact]
    public void A_person_who_joins_again_has_the_same_ship_and_the_earlier_connection_is_returned()
    {
        var (first, second) = (new TestPilot("ada"), new TestPilot("ada"));
        var ship = _room.Join("ada", "Ada", first, out _)!;
        ship.Kills = 3;
        Assert.Same(ship, _room.Join("ada", "Ada", second, out var earlier));
        Assert.Same(first, earlier);
        Assert.Same(second, ship.Pilot);
        Assert.Equal(3, ship.Kills);
    }

    [Fact]
    public void A_ship_whose_connection_is_lost_drifts_unhurt_for_ten_seconds_and_is_then_removed()
    {
        var pilot = new TestPilot("ada");
        var ship = _room.Join("ada", "Ada", pilot, out _)!;
        Fly(ship, Controls.Thrust, snapshots: 40);
        pilot.Lose();
        Advance(10);
        Assert.True(ship.IsLost);
        Assert.True(ship.IsShielded(_room.Tick));
        Assert.Equal(Controls.None, ship.Held);
        Advance(189);
        Assert.Same(ship, _room.Find("ada"));
        Advance(3);
        Assert.Null(_room.Find("ada"));
        Assert.Contains(ship.Id, _room.Left);
    }

    [Fact]
    public void A_ship_returns_to_a_connection_in_time_with_its_score()
    {
        var pilot = new TestPilot("ada");
        var ship = _room.Join("ada", "Ada", pilot, out _)!;
        ship.Kills = 2;
        pilot.Lose();
        Advance(100);
        Assert.Same(ship, _room.Join("ada", "Ada", new TestPilot("ada"), out _));
        Advance(300);
        Assert.Same(ship, _room.Find("ada"));
        Assert.False(ship.IsLost);
    }

    [Fact]
    public void A_ship_whose_page_sends_nothing_is_parked_and_removed_after_five_minutes()
    {
        var ship = Join("ada");
        Fly(ship, Controls.None, snapshots: 1);
        Advance(30);
        Assert.True(ship.IsParked);
        Advance((5 * 60 * 20) - 40);
        Assert.Same(ship, _room.Find("ada"));
        Advance(50);
        Assert.Null(_room.Find("ada"));
    }

    [Fact]
    public void A_shot_destroys_the_ship_that_it_hits_which_returns_after_two_seconds_with_a_shield()
    {
        var (ada, bob) = Duel();
        Fly(ada, Controls.Fire, snapshots: 10, other: bob);
        Assert.Equal((1, 1, false), (ada.Kills, bob.Deaths, bob.IsFlying));
        var shot = _room.Events.Single(static happened => happened.Kind == "shot");
        Assert.Equal((bob.Id, "bob", ada.Id, "ada"), (shot.Ship, shot.Name, shot.By, shot.ByName));

        var destroyedAt = bob.ReturnsAt - (2 * Arena.TicksPerSecond);
        while (!bob.IsFlying) Advance(1);
        Assert.InRange(_room.Tick - destroyedAt, 120, 122);
        Assert.True(bob.IsShielded(_room.Tick));
    }

    [Fact]
    public void A_shield_lets_shots_pass()
    {
        var (ada, bob) = Duel();
        bob.ShieldedUntil = int.MaxValue;
        Fly(ada, Controls.Fire, snapshots: 10, other: bob);
        Assert.Equal(0, bob.Deaths);
    }

    [Fact]
    public void Shots_are_bounded_however_many_ships_fire()
    {
        var ships = Enumerable.Range(1, Room.MaxShips).Select(person => Join($"u{person}")).ToList();
        var most = 0;
        for (var snapshot = 0; snapshot < 60; snapshot++)
        {
            foreach (var ship in ships) Send(ship, Controls.Fire);
            Advance(1);
            most = Math.Max(most, _room.Shots.Count);
        }

        Assert.Equal(Room.MaxShots, most);
    }

    [Fact]
    public void A_comet_that_is_hit_bursts_and_appears_again_elsewhere()
    {
        var (ada, bob) = Duel();
        bob.ShieldedUntil = int.MaxValue;
        var comet = _room.CometAt(0);
        while (comet.X is < 500 * Arena.Unit or > 1900 * Arena.Unit || comet.Y is < 300 * Arena.Unit or > 1300 * Arena.Unit)
        {
            Advance(1);
            comet = _room.CometAt(0);
        }

        ada.ShieldedUntil = int.MaxValue;
        ada.Flight = new(comet.X - (150 * Arena.Unit), comet.Y, 0, 0, 0, 0);
        Fly(ada, Controls.Fire, snapshots: 30, other: bob);
        var burst = _room.Events.First(static happened => happened.Kind == "burst");
        Assert.Equal(burst.Appears, _room.CometsAppeared[burst.Comet!.Value]);
    }

    [Fact]
    public void Messages_above_forty_a_second_are_dropped_and_counted()
    {
        var ship = Join("ada");
        for (var number = 1; number <= 100; number++) ship.Add(number, [Controls.Thrust]);
        Assert.Equal(80, ship.Dropped);
        Advance(20);
        for (var number = 101; number <= 160; number++) ship.Add(number, [Controls.Thrust]);
        Assert.Equal(80 + 40, ship.Dropped);
    }

    [Fact]
    public void Ships_that_meet_exchange_their_velocities_once()
    {
        var (ada, bob) = Duel(distance: 20);
        (ada.Flight, bob.Flight) = (ada.Flight with { Vx = 512 }, bob.Flight with { Vx = -512 });
        Advance(1);
        Assert.True(ada.Flight.Vx < 0);
        Assert.True(bob.Flight.Vx > 0);
    }

    [Fact]
    public void A_round_names_the_best_and_begins_with_no_score()
    {
        var ada = Join("ada");
        while (_room.Tick < Room.RoundTicks - 10)
        {
            Send(ada, Controls.None);
            Advance(1);
        }

        ada.Kills = 100;
        Advance(4);
        var round = _room.Events.Single(static happened => happened.Kind == "round");
        Assert.Equal((ada.Id, 100), (round.Ship, round.Kills));
        Assert.Equal(0, ada.Kills);
    }

    [Fact]
    public void Bots_shoot_each_other()
    {
        _room.Fill();
        for (var tick = 0; tick < 60 * 20 && _room.Events.All(static happened => happened.Kind != "shot"); tick++) Advance(1);
        Assert.Contains(_room.Events, static happened => happened.Kind == "shot");
    }

    // Two ships in a free place, one aiming at the other; bots are removed by filling the room with people who are shielded.
    private (Ship Ada, Ship Bob) Duel(int distance = 100)
    {
        var (ada, bob) = (Join("ada"), Join("bob"));
        for (var person = 3; person <= FilledTo; person++) Join($"u{person}");
        foreach (var ship in _room.Ships) (ship.ShieldedUntil, ship.Flight) = (int.MaxValue, new(100 * Arena.Unit, 100 * Arena.Unit, 0, 0, 0, 0));
        var (x, y) = Free();
        ada.Flight = new(x, y, 0, 0, 0, 0);
        bob.Flight = new(x + (distance * Arena.Unit), y, 0, 0, 128, 0);
        (ada.ShieldedUntil, bob.ShieldedUntil) = (0, 0);
        return (ada, bob);
    }

    private (int X, int Y) Free() => (
        from x in Enumerable.Range(4, 16)
        from y in Enumerable.Range(4, 10)
        let at = (X: x * 100 * Arena.Unit, Y: y * 100 * Arena.Unit)
        where Enumerable.Range(0, _room.CometsAppeared.Count).All(place => !Arena.AreWithin(at.X, at.Y, _room.CometAt(place).X, _room.CometAt(place).Y, 300))
        select at).First();

    private Ship Join(string user) => _room.Join(user, user, new TestPilot(user), out _)!;

    private void Fly(Ship ship, Controls controls, int snapshots, Ship? other = null)
    {
        for (var i = 0; i < snapshots; i++)
        {
            Send(ship, controls);
            if (other is not null) Send(other, Controls.None);
            Advance(1);
        }
    }

    private void Send(Ship ship, Controls controls)
    {
        ship.Add(_number + 1, [controls, controls, controls]);
        _number += 3;
    }

    private void Advance(int snapshots)
    {
        for (var i = 0; i < snapshots; i++) _room.Advance();
    }
}
