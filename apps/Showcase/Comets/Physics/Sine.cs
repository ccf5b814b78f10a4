namespace Showcase.Comets.Physics;

/// <summary>Sine and cosine of the 256 headings in whole numbers, because floating-point sines differ between runtimes.</summary>
internal static class Sine
{
    /// <summary>The number of headings of a turn. Heading 0 points along x and 64 along y.</summary>
    public const int Headings = 256;

    /// <summary>The value that stands for 1.</summary>
    public const int One = 1024;

    private const int Quarter = Headings / 4, Half = Headings / 2;

    // The first quarter of a turn; web/src/comets/physics/sine.ts has the same numbers.
    private static readonly short[] FirstQuarter =
    [
        0, 25, 50, 75, 100, 125, 150, 175, 200, 224, 249, 273, 297, 321, 345, 369,
        392, 415, 438, 460, 483, 505, 526, 548, 569, 590, 610, 630, 650, 669, 688, 706,
        724, 742, 759, 775, 792, 807, 822, 837, 851, 865, 878, 891, 903, 915, 926, 936,
        946, 955, 964, 972, 980, 987, 993, 999, 1004, 1009, 1013, 1016, 1019, 1021, 1023, 1024,
        1024,
    ];

    /// <summary>Returns the sine of a heading, which may be any number of turns.</summary>
    public static int Of(int heading)
    {
        var within = heading & (Headings - 1);
        var half = within & (Half - 1);
        var value = FirstQuarter[half <= Quarter ? half : Half - half];
        return within < Half ? value : -value;
    }

    /// <summary>Returns the cosine of a heading.</summary>
    public static int Cosine(int heading) => Of(heading + Quarter);
}
