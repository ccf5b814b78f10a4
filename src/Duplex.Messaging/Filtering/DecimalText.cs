namespace Duplex.Messaging.Filtering;

/// <summary>A decimal number of any precision that is compared digit by digit, without rounding and without allocating big integers.</summary>
internal readonly struct DecimalText : IComparable<DecimalText>
{
    private readonly ReadOnlyMemory<char> _whole;
    private readonly ReadOnlyMemory<char> _fraction;
    private readonly bool _isNegative;

    private DecimalText(bool isNegative, ReadOnlyMemory<char> whole, ReadOnlyMemory<char> fraction)
    {
        _whole = whole;
        _fraction = fraction;
        _isNegative = isNegative && !(whole.IsEmpty && fraction.IsEmpty);
    }

    /// <summary>Parses an optional sign and digits with at most one point between them; returns null for anything else.</summary>
    public static DecimalText? Parse(string text)
    {
        var rest = text.AsMemory();
        var isNegative = rest.Span is ['-', ..];
        if (rest.Span is ['-' or '+', ..]) rest = rest[1..];

        var point = rest.Span.IndexOf('.');
        var whole = point < 0 ? rest : rest[..point];
        var fraction = point < 0 ? default : rest[(point + 1)..];
        if (whole.IsEmpty || !IsDigits(whole.Span) || !IsDigits(fraction.Span) || (point >= 0 && fraction.IsEmpty)) return null;
        return new DecimalText(isNegative, whole.TrimStart('0'), fraction.TrimEnd('0'));
    }

    public int CompareTo(DecimalText other)
    {
        if (_isNegative != other._isNegative) return _isNegative ? -1 : 1;
        var magnitude = CompareMagnitude(other);
        return _isNegative ? -magnitude : magnitude;
    }

    private int CompareMagnitude(DecimalText other)
    {
        if (_whole.Length != other._whole.Length) return _whole.Length.CompareTo(other._whole.Length);
        var whole = _whole.Span.SequenceCompareTo(other._whole.Span);
        return whole != 0 ? whole : _fraction.Span.SequenceCompareTo(other._fraction.Span);
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
