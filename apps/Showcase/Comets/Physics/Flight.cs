namespace Showcase.Comets.Physics;

/// <summary>
/// The motion of a ship. <see cref="Step"/> is written again in web/src/comets/physics/flight.ts, because pages predict it: both
/// give the same numbers for the same controls, so all of them are integers and every division rounds toward zero.
/// </summary>
/// <param name="X">The position in 1/256 of a unit.</param>
/// <param name="Y">The position in 1/256 of a unit, downward.</param>
/// <param name="Vx">The velocity in 1/256 of a unit per tick.</param>
/// <param name="Vy">The velocity in 1/256 of a unit per tick, downward.</param>
/// <param name="Heading">The heading, 0 to 255.</param>
/// <param name="Wait">The ticks until the ship may fire again.</param>
internal readonly record struct Flight(int X, int Y, int Vx, int Vy, int Heading, int Wait)
{
    /// <summary>The radius of a ship in units.</summary>
    public const int Radius = 12;

    /// <summary>
    /// The maximum speed in each direction in 1/256 of a unit per tick. A ship gains at most <see cref="Thrust"/> in a tick and
    /// loses a part of its speed to drag, so it cannot be faster.
    /// </summary>
    public const int MaxSpeed = Thrust * Drag;

    private const int Thrust = 24, Drag = 64, Turn = 4, FireInterval = 20, Bounce = 2;

    /// <summary>Returns the motion one tick later.</summary>
    /// <param name="controls">The controls of the tick.</param>
    /// <param name="fires">Whether the ship fires a shot from its new position.</param>
    public Flight Step(Controls controls, out bool fires)
    {
        var heading = Heading;
        if (controls.HasFlag(Controls.Left)) heading -= Turn;
        if (controls.HasFlag(Controls.Right)) heading += Turn;
        heading &= Sine.Headings - 1;

        var (vx, vy) = (Vx - (Vx / Drag), Vy - (Vy / Drag));
        if (controls.HasFlag(Controls.Thrust))
        {
            vx += Sine.Cosine(heading) * Thrust / Sine.One;
            vy += Sine.Of(heading) * Thrust / Sine.One;
        }

        var (x, y) = (X + vx, Y + vy);
        (x, vx) = Reflect(x, vx, Arena.Width);
        (y, vy) = Reflect(y, vy, Arena.Height);
        var wait = Wait > 0 ? Wait - 1 : 0;
        fires = wait == 0 && controls.HasFlag(Controls.Fire);
        return new(x, y, vx, vy, heading, fires ? FireInterval : wait);
    }

    private static (int Position, int Velocity) Reflect(int position, int velocity, int size)
    {
        const int Margin = Radius * Arena.Unit;
        return position < Margin ? (Margin, Math.Abs(velocity) / Bounce)
            : position > size - Margin ? (size - Margin, -(Math.Abs(velocity) / Bounce))
            : (position, velocity);
    }
}
