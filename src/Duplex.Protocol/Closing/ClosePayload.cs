using System.Buffers.Binary;

namespace Duplex.Protocol.Closing;

/// <summary>Writes the payload of a close frame: two bytes of code and a reason in UTF-8. RFC 6455 section 5.5.1.</summary>
internal static class ClosePayload
{
    /// <summary>Limit: bytes of a close reason: a control frame's 125 less the code. RFC 6455 section 5.5.1.</summary>
    public const int MaxReasonBytes = 123;

    /// <summary>The maximum length of the payload in bytes.</summary>
    public const int MaxBytes = 125;

    /// <summary>Writes the code and the reason; a reason longer than <see cref="MaxReasonBytes"/> is cut at a character boundary.</summary>
    /// <param name="destination">The destination: at least <see cref="MaxBytes"/> bytes, or enough for the reason given.</param>
    /// <param name="code">A code that may be sent, or <see cref="CloseCode.NoStatusReceived"/> for an empty payload.</param>
    /// <param name="reason">The reason; lone surrogates become U+FFFD.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent.</exception>
    public static int Write(Span<byte> destination, CloseCode code, ReadOnlySpan<char> reason)
    {
        if (code == CloseCode.NoStatusReceived) return 0;
        CloseCodes.ThrowIfNotSendable(code);
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)code);
        var written = 2;
        var end = Math.Min(destination.Length, MaxBytes);
        foreach (var rune in reason.EnumerateRunes())
        {
            if (written + rune.Utf8SequenceLength > end) break;
            written += rune.EncodeToUtf8(destination[written..]);
        }

        return written;
    }

    /// <summary>
    /// Returns the reason as a close frame carries it: cut at a character boundary when it is longer than
    /// <see cref="MaxReasonBytes"/> of UTF-8.
    /// </summary>
    /// <param name="reason">The text, which is returned itself when it is not cut.</param>
    public static string CutReason(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (reason.Length <= MaxReasonBytes / 3) return reason;
        int bytes = 0, characters = 0;
        foreach (var rune in reason.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > MaxReasonBytes) return reason[..characters];
            characters += rune.Utf16SequenceLength;
        }

        return reason;
    }
}
