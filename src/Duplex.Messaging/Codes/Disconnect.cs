using System.Text;

namespace Duplex.Messaging.Codes;

/// <summary>
/// The code and reason with which the hub ends a connection, as a close frame carries them, on every transport. The code determines
/// whether a client reconnects: it does after 3000 to 3499 and 4000 to 4499, and does not after the rest. Disconnects are equal when
/// the client would receive the same.
/// </summary>
/// <param name="Code">3000 to 3999 for the hub, 4000 to 4999 for applications.</param>
/// <param name="Reason">A short text of at most 123 bytes of UTF-8. <see cref="Shortened"/> accepts longer ones.</param>
/// <exception cref="ArgumentOutOfRangeException">The code is outside 3000 to 4999.</exception>
/// <exception cref="ArgumentException">The reason has more than 123 bytes.</exception>
public sealed record Disconnect(ushort Code, string Reason)
{
    // RFC 6455 5.5: the payload of a close frame has at most 125 bytes, two of them for the code.
    private const int MaxReasonBytes = 123;

    /// <summary>The code: 3000 to 3999 for the hub, 4000 to 4999 for applications.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The code is outside 3000 to 4999.</exception>
    public ushort Code { get; init => field = Checked(value); } = Checked(Code);

    /// <summary>A short text of at most 123 bytes of UTF-8.</summary>
    /// <exception cref="ArgumentException">The reason has more than 123 bytes.</exception>
    public string Reason { get; init => field = Checked(value); } = Checked(Reason);

    /// <summary>
    /// The cause and the remedy in one sentence. It is logged; the client receives it only with
    /// <see cref="HubOptions.EnableDetailedErrors"/>. Null: the sentence of the code.
    /// </summary>
    public string? Explanation { get; init; }

    /// <summary>Whether the operator can change the outcome; null: as the code defines.</summary>
    internal bool? IsForOperator { get; init; }

    /// <summary>Whether the refusal that caused the disconnect has been logged.</summary>
    internal bool IsReported { get; init; }

    /// <summary>Compares code and reason.</summary>
    public bool Equals(Disconnect? other) => other is not null && Code == other.Code && string.Equals(Reason, other.Reason, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Reason);

    /// <summary>Creates a disconnect from a reason that may be too long; the reason is cut between two characters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The code is outside 3000 to 4999.</exception>
    internal static Disconnect Shortened(ushort code, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var (length, bytes) = (0, 0);
        foreach (var rune in reason.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxReasonBytes) return new Disconnect(code, reason[..length]);
            length += rune.Utf16SequenceLength;
        }

        return new Disconnect(code, reason);
    }

    /// <summary>Returns the same disconnect with a specific explanation.</summary>
    internal Disconnect Because(string explanation, bool? isForOperator = null) => this with { Explanation = explanation, IsForOperator = isForOperator };

    private static ushort Checked(ushort code)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 3000, nameof(Code));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, 4999, nameof(Code));
        return code;
    }

    private static string Checked(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason, nameof(Reason));
        return Encoding.UTF8.GetByteCount(reason) <= MaxReasonBytes
            ? reason
            : throw new ArgumentException($"A reason has at most {MaxReasonBytes} bytes of UTF-8, which is what a close frame holds.", nameof(reason));
    }
}
