using Duplex.Configuration;

namespace Duplex.Protocol.Extensions;

/// <summary>
/// Represents the options of permessage-deflate: the parameters to negotiate and the effort of compression. The same type
/// serves both roles; the defaults cost no memory per idle connection. Immutable: connections can share one instance.
/// </summary>
/// <remarks>
/// Memory per connection, measured with the runtime's own zlib (zlib-ng): a direction with context takeover holds its state
/// from the first compressed message to the end of the connection; a direction without it borrows a state from a shared pool
/// for the duration of one message. A state that compresses takes at most 352 KiB (416 with a <see cref="MemoryLevel"/> of
/// 9, 152 with the smallest window and level), and one that inflates at most 48 KiB, so a connection with takeover in both
/// directions holds at most 464 KiB.
/// </remarks>
public sealed record DeflateOptions
{
    /// <summary>
    /// Whether the server may keep its window between messages when the client permits it. Context takeover improves the
    /// ratio of small messages at the cost of memory per connection. Default false. RFC 7692 section 7.1.1.1.
    /// </summary>
    public bool ServerContextTakeover { get; init; }

    /// <summary>Whether the client may keep its window between messages. Default false. RFC 7692 section 7.1.1.2.</summary>
    public bool ClientContextTakeover { get; init; }

    /// <summary>
    /// Largest window of the server, as a power of two. A client with less than 15 requests the limit, and a server that
    /// does not accept it gets no compression. RFC 7692 section 7.1.2.1.
    /// </summary>
    /// <value>From 8 to 15. Default 15.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [NumberRange(8, 15)]
    public int ServerMaxWindowBits { get; init => field = InRange(value, 8, 15); } = 15;

    /// <summary>
    /// Largest window of the client, as a power of two. A server with less than 15 declines the offers of clients that
    /// cannot limit their window. RFC 7692 section 7.1.2.2.
    /// </summary>
    /// <value>From 8 to 15. Default 15.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [NumberRange(8, 15)]
    public int ClientMaxWindowBits { get; init => field = InRange(value, 8, 15); } = 15;

    /// <summary>Smallest message that is compressed; a shorter one is sent uncompressed, as RFC 7692 section 6 permits.</summary>
    /// <value>From 0 to 2,147,483,647 bytes. Default 64.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [NumberRange(0, int.MaxValue, "bytes")]
    public int MinMessageBytes { get; init => field = InRange(value, 0, int.MaxValue); } = 64;

    /// <summary>Compression level: 1 is the fastest, 9 the smallest output. The default suits many small messages.</summary>
    /// <value>From 1 to 9. Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [NumberRange(1, 9)]
    public int Level { get; init => field = InRange(value, 1, 9); } = 1;

    /// <summary>zlib's memLevel, which sets the memory for the symbols of a compressing state.</summary>
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
