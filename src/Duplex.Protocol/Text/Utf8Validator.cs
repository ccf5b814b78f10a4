using System.Text.Unicode;

namespace Duplex.Protocol.Text;

/// <summary>
/// Validates UTF-8 text as it arrives, and fails at the first byte that cannot be part of it, even in the middle of a
/// character (RFC 6455 section 8.1; the ranges are RFC 3629 section 4). A mutable struct: never copy it.
/// </summary>
internal struct Utf8Validator
{
    // The incomplete character: the number of continuation bytes still due, and the range of the next of them.
    private byte _due;
    private byte _lowest;
    private byte _highest;

    /// <summary>Whether the text so far ends with a complete character.</summary>
    public readonly bool IsComplete => _due == 0;

    /// <summary>Validates the next bytes of the text.</summary>
    /// <returns>The index of the first invalid byte, or -1. After an invalid byte call <see cref="Reset"/> before further use.</returns>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        var index = 0;
        for (; _due != 0 && index < bytes.Length; index++)
        {
            if (!Step(bytes[index])) return index;
        }

        var tail = UnfinishedTail(bytes[index..]);
        var body = bytes[index..^tail];
        // The framework's validator is vectorized but returns no position, so the invalid byte is searched for on failure
        // only.
        var start = Utf8.IsValid(body) ? bytes.Length - tail : index;
        for (index = start; index < bytes.Length; index++)
        {
            if (!Step(bytes[index])) return index;
        }

        return -1;
    }

    /// <summary>
    /// Returns the index of the first invalid byte of a text that is not UTF-8, or its length when the text ends inside a
    /// character.
    /// </summary>
    internal static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var index = default(Utf8Validator).Append(text);
        return index >= 0 ? index : text.Length;
    }

    /// <summary>Starts a new text.</summary>
    public void Reset() => _due = 0;

    /// <summary>Returns the number of bytes at the end that may begin an incomplete character: 0 to 3.</summary>
    private static int UnfinishedTail(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var value = bytes[^back];
            if (value < 0x80) return 0;
            if (value >= 0xC0) return back < (value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4) ? back : 0;
        }

        return 0;
    }

    private bool Step(byte value)
    {
        if (_due != 0)
        {
            if (value < _lowest || value > _highest) return false;
            _due--;
            _lowest = 0x80;
            _highest = 0xBF;
            return true;
        }

        if (value < 0x80) return true;
        // No overlong forms, no surrogates, nothing above U+10FFFF.
        (_due, _lowest, _highest) = value switch
        {
            >= 0xC2 and <= 0xDF => ((byte)1, (byte)0x80, (byte)0xBF),
            0xE0 => ((byte)2, (byte)0xA0, (byte)0xBF),
            0xED => ((byte)2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => ((byte)2, (byte)0x80, (byte)0xBF),
            0xF0 => ((byte)3, (byte)0x90, (byte)0xBF),
            >= 0xF1 and <= 0xF3 => ((byte)3, (byte)0x80, (byte)0xBF),
            0xF4 => ((byte)3, (byte)0x80, (byte)0x8F),
            _ => default,
        };
        return _due != 0;
    }
}
