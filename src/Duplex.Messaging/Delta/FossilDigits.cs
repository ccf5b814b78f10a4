namespace Duplex.Messaging.Delta;

/// <summary>The digits of the format's base 64, in ASCII order.</summary>
internal static class FossilDigits
{
    private static readonly sbyte[] Values = MakeValues();

    public static ReadOnlySpan<byte> Alphabet => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~"u8;

    /// <summary>Returns the value of a digit, 0 to 63, or -1 for any other byte.</summary>
    public static int ValueOf(byte digit) => Values[digit];

    /// <summary>Returns the number of digits of a number.</summary>
    public static int Count(uint number) => number == 0 ? 1 : (System.Numerics.BitOperations.Log2(number) / 6) + 1;

    private static sbyte[] MakeValues()
    {
        var values = new sbyte[256];
        Array.Fill(values, (sbyte)-1);
        for (sbyte i = 0; i < Alphabet.Length; i++) values[Alphabet[i]] = i;
        return values;
    }
}
