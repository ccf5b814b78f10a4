namespace Duplex.Protocol.Extensions;

/// <summary>
/// What we want of permessage-deflate, and how hard we try to compress. The same type serves both roles; the
/// defaults cost no memory per idle connection. Immutable, safe to share.
/// </summary>
/// <remarks>
/// Memory per connection, of the runtime's own zlib (zlib-ng):
/// a direction with context takeover holds its state from the first compressed message to the end of the
/// connection; a direction without it borrows a state from a shared pool for the duration of one message. A state
/// that compresses takes at most 352 KiB (416 with a <see cref="MemoryLevel"/> of 9, 152 with the smallest window
/// and level), one that inflates at most 48 KiB, so a connection with takeover both ways holds at most 464 KiB.
/// </remarks>
public sealed record DeflateOptions
{
    /// <summary>
    /// Whether the server may keep its window from one message to the next, when the client lets it. Better ratios
    /// for small messages, at the cost of memory per connection. Default false. RFC 7692 section 7.1.1.1.
    /// </summary>
    public bool ServerContextTakeover { get; init; }

    /// <summary>Whether the client may keep its window from one message to the next. Default false. RFC 7692 section 7.1.1.2.</summary>
    public bool ClientContextTakeover { get; init; }

    /// <summary>
    /// Largest window of the server, as a power of two: 8 to 15, default 15. As a client, less than 15 asks the
    /// server for it, and a server that does not agree is spoken to without compression. RFC 7692 section 7.1.2.1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not 8 to 15.</exception>
    public int ServerMaxWindowBits { get; init => field = InRange(value, 8, 15); } = 15;

    /// <summary>
    /// Largest window of the client, as a power of two: 8 to 15, default 15. As a server, less than 15 declines the
    /// offers of clients that cannot limit their window. RFC 7692 section 7.1.2.2.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not 8 to 15.</exception>
    public int ClientMaxWindowBits { get; init => field = InRange(value, 8, 15); } = 15;

    /// <summary>Messages of fewer bytes are sent uncompressed (RFC 7692 section 6 allows it). Default 64; 0 compresses all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MinMessageBytes { get; init => field = InRange(value, 0, int.MaxValue); } = 64;

    /// <summary>Effort: 1 (fastest) to 9 (smallest). Default 1, which fits many small messages best.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not 1 to 9.</exception>
    public int Level { get; init => field = InRange(value, 1, 9); } = 1;

    /// <summary>zlib's memLevel, the memory for the compressing state's symbols: 1 to 9, default 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not 1 to 9.</exception>
    public int MemoryLevel { get; init => field = InRange(value, 1, 9); } = 8;

    private static int InRange(int value, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
