namespace Showcase.Comets.Physics;

/// <summary>
/// A comet. Its size and path follow from the seed of the room, its place in the list of comets, and the tick in which it appeared,
/// so its position is never sent. web/src/comets/physics/comet.ts computes the same numbers.
/// </summary>
internal readonly record struct Comet(int X, int Y, int Radius)
{
    // Comets enter and leave the arena out of sight: they fly on a torus that is larger by this margin on each side.
    private const int Margin = 80 * Arena.Unit, LoopWidth = Arena.Width + (2 * Margin), LoopHeight = Arena.Height + (2 * Margin);
    private const int MinSpeed = 80, SpeedRange = 160, MinRadius = 22, RadiusRange = 24;

    /// <summary>Returns where a comet is in a tick.</summary>
    public static Comet At(int seed, int place, int appeared, int tick)
    {
        var random = Mix((uint)seed ^ Mix((uint)place + (Mix((uint)appeared) * 31)));
        var heading = (int)(random & 255);
        var speed = MinSpeed + (int)((random >> 8) % SpeedRange);
        var radius = MinRadius + (int)((random >> 16) % RadiusRange);
        var start = (int)(Mix(random) % (LoopWidth + LoopHeight));
        var (x, y) = start < LoopWidth ? (start, 0) : (0, start - LoopWidth);
        return new(
            On(x, Sine.Cosine(heading) * speed / Sine.One, tick - appeared, LoopWidth) - Margin,
            On(y, Sine.Of(heading) * speed / Sine.One, tick - appeared, LoopHeight) - Margin,
            radius);
    }

    // The age is reduced first, so that no product exceeds 32 bits however old the comet is.
    private static int On(int start, int velocity, int age, int size)
    {
        var position = (start + (velocity * (age % size))) % size;
        return position < 0 ? position + size : position;
    }

    private static uint Mix(uint value)
    {
        value = (value ^ (value >> 16)) * 0x7FEB352D;
        value = (value ^ (value >> 15)) * 0x846CA68B;
        return value ^ (value >> 16);
    }
}
