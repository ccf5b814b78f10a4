using System.Globalization;

namespace Showcase.Exchange.Matching;

/// <summary>Parses and formats decimal numbers as scaled integers, without rounding.</summary>
public static class FixedPoint
{
    private static readonly long[] Powers =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>Returns ten to the power of an exponent from 0 to 9.</summary>
    public static long PowerOfTen(int exponent) => Powers[exponent];

    /// <summary>
    /// Parses digits with at most one decimal point: no sign, exponent or white space. Digits beyond <paramref name="decimals"/>
    /// must be zero; otherwise <paramref name="isExact"/> is false and the value is the nearest one.
    /// </summary>
    /// <returns>False when the text is not such a number. A number too large for a long is parsed as the largest long.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, int decimals, out long value, out bool isExact)
    {
        value = 0;
        isExact = true;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || text.Length > 40) return false;

        foreach (var digit in whole)
            if (!TryAppend(ref value, digit)) return false;
        for (var i = 0; i < decimals; i++)
            if (!TryAppend(ref value, i < fraction.Length ? fraction[i] : '0')) return false;
        for (var i = decimals; i < fraction.Length; i++)
        {
            if (!char.IsAsciiDigit(fraction[i])) return false;
            if (fraction[i] == '0') continue;
            if (i == decimals && fraction[i] >= '5' && value < long.MaxValue) value++;
            isExact = false;
        }

        return true;
    }

    /// <summary>Formats a number with all its decimals: 14236 with two decimals is <c>142.36</c>.</summary>
    public static string Format(long value, int decimals)
    {
        if (value < 0) return "-" + Format(-value, decimals);
        if (decimals == 0) return value.ToString(CultureInfo.InvariantCulture);
        var (whole, fraction) = Math.DivRem(value, PowerOfTen(decimals));
        return string.Create(CultureInfo.InvariantCulture, $"{whole}.{fraction.ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0')}");
    }

    /// <summary>Formats a number without trailing zeros: 50000000 with eight decimals is <c>0.5</c>.</summary>
    public static string FormatShort(long value, int decimals)
    {
        var text = Format(value, decimals);
        return decimals == 0 ? text : text.TrimEnd('0').TrimEnd('.');
    }

    private static bool TryAppend(ref long value, char digit)
    {
        if (!char.IsAsciiDigit(digit)) return false;
        value = value > (long.MaxValue - 9) / 10 ? long.MaxValue : (value * 10) + (digit - '0');
        return true;
    }
}
