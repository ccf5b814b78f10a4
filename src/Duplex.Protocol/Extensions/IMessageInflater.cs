using System.Buffers;

namespace Duplex.Protocol.Extensions;

/// <summary>
/// Inflates the messages of one direction of a connection, fragment by fragment as they arrive (RFC 7692 section 7.2.2). Not
/// safe for concurrent use. Disposing releases the window that context takeover retains between messages.
/// </summary>
public interface IMessageInflater : IDisposable
{
    /// <summary>Inflates the next bytes of a message.</summary>
    /// <param name="compressed">Unmasked payload bytes: any slice of the message, which may be empty.</param>
    /// <param name="isFinal">Whether the bytes end the message, so that the omitted tail is appended.</param>
    /// <param name="output">The writer that receives the inflated bytes.</param>
    /// <param name="maxBytes">
    /// The maximum number of bytes still to be written for this message; inflation stops when there are more.
    /// </param>
    InflateResult Inflate(ReadOnlySpan<byte> compressed, bool isFinal, IBufferWriter<byte> output, int maxBytes);
}
