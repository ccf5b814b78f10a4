using Showcase.Comets.Physics;

namespace Showcase.Comets.Rooms;

/// <summary>Flies ships without a pilot by the same controls, toward the nearest ship and away from comets.</summary>
internal static class Bot
{
    /// <summary>The maximum number of bots in a room.</summary>
    public const int MaxCount = 6;

    private static readonly string[] Names = ["Halley", "Encke", "Tempel", "Borrelly", "Hyakutake", "Wild"];

    private const int Sight = 900, Range = 330, Near = 110, Aim = 7, Straight = 3;

    // A bot looks four times a second and misses now and then, so that a person who begins can win.
    private const int LookTicks = 15, WobbleTicks = 45, Wobble = 12;

    /// <summary>Returns a name that no ship has.</summary>
    public static string NameIn(IReadOnlyList<Ship> ships) => Names.First(free => ships.All(ship => ship.Name != free || !ship.IsBot));

    /// <summary>Returns the controls of a bot for the next tick.</summary>
    public static Controls Decide(Ship bot, Room room)
    {
        if (!bot.IsFlying) return Controls.None;
        var flight = bot.Flight;
        if (Danger(flight, room) is { } away) return Steer(flight, away) | Controls.Thrust;
        if (Target(bot, room) is not { } target) return Steer(flight, Toward(flight, Arena.Width / 2, Arena.Height / 2)) | Every(room, LookTicks, bot, Controls.Thrust);

        var distance = Distance(flight, target.Flight.X, target.Flight.Y);
        var wobble = ((room.Tick / WobbleTicks) + bot.Id) % 3 * Wobble - Wobble;
        var aim = Toward(flight, target.Flight.X + (target.Flight.Vx * distance / 10), target.Flight.Y + (target.Flight.Vy * distance / 10)) + wobble;
        var controls = Steer(flight, aim);
        if (distance > Near) controls |= Every(room, LookTicks, bot, Controls.Thrust);
        if (distance < Range && Math.Abs(Turned(flight.Heading, aim)) < Aim) controls |= Every(room, 2 * LookTicks, bot, Controls.Fire);
        return controls;
    }

    // Bots act in every other interval, at different times.
    private static Controls Every(Room room, int ticks, Ship bot, Controls controls) => ((room.Tick / ticks) + bot.Id) % 2 == 0 ? controls : Controls.None;

    private static Ship? Target(Ship bot, Room room) => room.Ships
        .Where(other => other != bot && other.IsFlying && !other.IsShielded(room.Tick) && Distance(bot.Flight, other.Flight.X, other.Flight.Y) < Sight)
        .MinBy(other => Distance(bot.Flight, other.Flight.X, other.Flight.Y));

    // The heading away from the first comet that is close.
    private static int? Danger(in Flight flight, Room room)
    {
        for (var place = 0; place < room.CometsAppeared.Count; place++)
        {
            var comet = room.CometAt(place);
            if (Distance(flight, comet.X, comet.Y) < comet.Radius + Near) return Toward(flight, comet.X, comet.Y) + (Sine.Headings / 2);
        }

        return null;
    }

    private static Controls Steer(in Flight flight, int heading) => Turned(flight.Heading, heading) switch
    {
        > Straight => Controls.Right,
        < -Straight => Controls.Left,
        _ => Controls.None,
    };

    // The turn from one heading to another, -128 to 127.
    private static int Turned(int from, int to) => (sbyte)(to - from);

    private static int Toward(in Flight flight, int x, int y) => (int)Math.Round(Math.Atan2(y - flight.Y, x - flight.X) * Sine.Headings / Math.Tau);

    private static int Distance(in Flight flight, int x, int y) => (int)(Math.Sqrt(Math.Pow(x - flight.X, 2) + Math.Pow(y - flight.Y, 2)) / Arena.Unit);
}
