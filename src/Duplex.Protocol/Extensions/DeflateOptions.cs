using Duplex.Configuration;

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
    /// Largest window of the server, as a power of two. As a client, less than 15 asks the server for it, and a server that does
    /// not agree gets no compression. RFC 7692 section 7.1.2.1.
    /// </summary>
    /// <value>From 8 to 15. Default 15.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [NumberRange(8, 15)]
    public int ServerMaxWindowBits { get; init => field = InRange(value, 8, 15); } = 15;

    /// <summary>
    /// Largest window of the client, as a power of two. As a server, less than 15 declines the offers of clients that cannot
    /// limit their window. RFC 7692 section 7.1.2.2.
    /// </summary>
    /// <value>From 8 to 15. Default 15.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [NumberRange(8, 15)]
    public int ClientMaxWindowBits { get; init => field = InRange(value, 8, 15); } = 15;

    /// <summary>Messages of fewer bytes are sent uncompressed (RFC 7692 section 6 allows it).</summary>
    /// <value>From 0 to 2,147,483,647 bytes. Default 64.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [NumberRange(0, int.MaxValue, "bytes")]
    public int MinMessageBytes { get; init => field = InRange(value, 0, int.MaxValue); } = 64;

    /// <summary>Effort: 1 is fastest, 9 smallest. The default fits many small messages best.</summary>
    /// <value>From 1 to 9. Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [NumberRange(1, 9)]
    public int Level { get; init => field = InRange(value, 1, 9); } = 1;

    /// <summary>zlib's memLevel, the memory for the compressing state's symbols.</summary>
    /// <value>From 1 to 9. Default 8.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [NumberRange(1, 9)]
    public int MemoryLevel { get; init => field = InRange(value, 1, 9); } = 8;

    private static int InRange(int value, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
