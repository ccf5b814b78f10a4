namespace Showcase.Board.Market;

/// <summary>
/// Noise over time that looks like a random walk and has no state: the sum of octaves, each of which interpolates between random
/// values at its own distance. A walk deviates by the square root of the time, and so does each octave.
/// </summary>
internal static class Noise
{
    // From an eighth of a second to a day and a half.
    private const int FirstOctave = -3, LastOctave = 17;

    /// <summary>Returns the value at a time in seconds, in units of the movement in a second.</summary>
    /// <param name="seed">The seed of this walk.</param>
    /// <param name="seconds">The time in seconds.</param>
    public static double At(ulong seed, double seconds)
    {
        var sum = 0.0;
        for (var octave = FirstOctave; octave <= LastOctave; octave++)
        {
            var period = Math.ScaleB(1, octave);
            var position = seconds / period;
            var before = (long)Math.Floor(position);
            var part = position - before;
            var (left, right) = (Signed(seed, octave, before), Signed(seed, octave, before + 1));
            sum += Math.Sqrt(period) * (left + ((right - left) * part * part * (3 - (2 * part))));
        }

        return sum;
    }

    /// <summary>Returns a random number from 0 to 1 that depends on the arguments alone.</summary>
    public static double Fraction(ulong seed, long number) => (Mix(seed ^ Mix((ulong)number)) >> 11) * (1.0 / (1L << 53));

    private static double Signed(ulong seed, int octave, long number) => (2 * Fraction(Mix(seed + (ulong)(octave - FirstOctave)), number)) - 1;

    // The output function of SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
