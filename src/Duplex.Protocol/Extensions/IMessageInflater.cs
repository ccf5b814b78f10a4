using System.Buffers;

namespace Duplex.Protocol.Extensions;

/// <summary>
/// Inflates messages of one connection and one direction, fragment by fragment as they arrive (RFC 7692 section
/// 7.2.2). One thread at a time. Disposing gives back its window, if it holds one between messages.
/// </summary>
public interface IMessageInflater : IDisposable
{
    /// <summary>Inflates the next bytes of a message.</summary>
    /// <param name="compressed">Unmasked payload bytes, any cut of the message; may be empty.</param>
    /// <param name="isFinal">Whether the message ends with these bytes, so that the omitted tail is appended.</param>
    /// <param name="output">Where inflated bytes go.</param>
    /// <param name="maxBytes">Most bytes that may still be written for this message; stops while inflating when there are more.</param>
    InflateResult Inflate(ReadOnlySpan<byte> compressed, bool isFinal, IBufferWriter<byte> output, int maxBytes);
}
