using System.Text;

namespace Duplex.Messaging.Codes;

/// <summary>
/// Why the hub ends a connection: what a close frame can carry, on every transport. The code decides whether a client
/// returns: it does after 3000 to 3499 and 4000 to 4499, and stays away after the rest. Disconnects are equal when the
/// client would see the same.
/// </summary>
/// <param name="Code">3000 to 3999 for the hub, 4000 to 4999 for applications.</param>
/// <param name="Reason">Plain words, at most 123 bytes of UTF-8. <see cref="Shortened"/> takes longer ones.</param>
/// <exception cref="ArgumentOutOfRangeException">The code is outside 3000 to 4999.</exception>
/// <exception cref="ArgumentException">The reason is longer.</exception>
public sealed record Disconnect(ushort Code, string Reason)
{
    // RFC 6455 5.5: a close frame has 125 bytes, two of them for the code.
    private const int MaxReasonBytes = 123;

    /// <summary>3000 to 3999 for the hub, 4000 to 4999 for applications.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The code is outside 3000 to 4999.</exception>
    public ushort Code { get; init => field = Checked(value); } = Checked(Code);

    /// <summary>Plain words, at most 123 bytes of UTF-8.</summary>
    /// <exception cref="ArgumentException">The reason is longer.</exception>
    public string Reason { get; init => field = Checked(value); } = Checked(Reason);

    /// <summary>
    /// What happened and what to change, in one sentence. It is logged; the client receives it only with
    /// <see cref="HubOptions.EnableDetailedErrors"/>. Null: the code's own sentence.
    /// </summary>
    public string? Explanation { get; init; }

    /// <summary>Whether the operator can change the outcome; null: the code decides.</summary>
    internal bool? IsForOperator { get; init; }

    /// <summary>Whether the refusal that led to it has been logged.</summary>
    internal bool IsReported { get; init; }

    /// <summary>Compares code and reason.</summary>
    public bool Equals(Disconnect? other) => other is not null && Code == other.Code && string.Equals(Reason, other.Reason, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Reason);

    /// <summary>Makes a disconnect of a reason that comes from elsewhere and may be too long: it is cut between two characters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The code is outside 3000 to 4999.</exception>
    public static Disconnect Shortened(ushort code, string reason)
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

    /// <summary>The same disconnect with a cause of its own.</summary>
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
