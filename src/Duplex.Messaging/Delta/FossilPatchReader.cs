namespace Duplex.Messaging.Delta;

/// <summary>Reads the tokens of a patch.</summary>
internal ref struct FossilPatchReader(ReadOnlySpan<byte> patch)
{
    private ReadOnlySpan<byte> _rest = patch;

    /// <summary>Reads a number of at most 32 bits, most significant digit first.</summary>
    public bool TryNumber(out long number)
    {
        number = 0;
        var digits = 0;
        while (digits < _rest.Length && FossilDigits.ValueOf(_rest[digits]) is var value and >= 0)
        {
            number = number << 6 | (uint)value;
            if (number > uint.MaxValue) return false;
            digits++;
        }

        _rest = _rest[digits..];
        return digits > 0;
    }

    public bool TryTake(byte expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected) return false;
        _rest = _rest[1..];
        return true;
    }

    public bool TryTake(long count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (count > _rest.Length) return false;
        bytes = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return true;
    }
}
