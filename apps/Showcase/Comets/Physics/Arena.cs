namespace Showcase.Comets.Physics;

/// <summary>The arena: a rectangle whose walls reflect ships. Positions are in 1/256 of a unit, and the ticks of a second are 60.</summary>
internal static class Arena
{
    /// <summary>The number of positions in a unit.</summary>
    public const int Unit = 256;

    /// <summary>The width in 1/256 of a unit.</summary>
    public const int Width = 2400 * Unit;

    /// <summary>The height in 1/256 of a unit.</summary>
    public const int Height = 1600 * Unit;

    /// <summary>The ticks of a second.</summary>
    public const int TicksPerSecond = 60;

    /// <summary>Whether two positions are closer than a number of units.</summary>
    public static bool AreWithin(int x1, int y1, int x2, int y2, int units)
    {
        var (dx, dy, distance) = ((long)x1 - x2, (long)y1 - y2, (long)units * Unit);
        return (dx * dx) + (dy * dy) < distance * distance;
    }
}
