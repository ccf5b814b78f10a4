namespace Showcase.Comets.Physics;

/// <summary>A shot, which flies straight on.</summary>
/// <param name="Id">The id, in the order of shots.</param>
/// <param name="Ship">The ship that fired it.</param>
/// <param name="X">The position in 1/256 of a unit.</param>
/// <param name="Y">The position in 1/256 of a unit, downward.</param>
/// <param name="Heading">The heading, 0 to 255.</param>
/// <param name="Left">The ticks that remain.</param>
internal readonly record struct Shot(int Id, int Ship, int X, int Y, int Heading, int Left)
{
    /// <summary>The radius of a shot in units.</summary>
    public const int Radius = 3;

    private const int Speed = 10 * Arena.Unit, Lifetime = 45;

    /// <summary>Whether the shot has lasted long enough or has left the arena.</summary>
    public bool IsOver => Left == 0 || X is < 0 or > Arena.Width || Y is < 0 or > Arena.Height;

    /// <summary>Returns the shot that a ship fires.</summary>
    public static Shot From(int id, int ship, in Flight flight) => new(id, ship, flight.X, flight.Y, flight.Heading, Lifetime);

    /// <summary>Returns the shot one tick later.</summary>
    public Shot Step() => this with
    {
        X = X + (Sine.Cosine(Heading) * Speed / Sine.One),
        Y = Y + (Sine.Of(Heading) * Speed / Sine.One),
        Left = Left - 1,
    };
}
