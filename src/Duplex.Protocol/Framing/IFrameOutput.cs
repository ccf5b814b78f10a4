namespace Duplex.Protocol.Framing;

/// <summary>
/// Represents the end of a connection's send queue, into which a <see cref="WebSocketProtocol"/> writes frames. These calls
/// queue bytes; only <see cref="Append"/> may send at once.
/// </summary>
public interface IFrameOutput
{
    /// <summary>Returns free memory at the end of the queue; bytes written there are queued once <see cref="Advance"/> is called.</summary>
    /// <param name="length">The number of bytes needed; the span may be longer.</param>
    Span<byte> GetSpan(int length);

    /// <summary>Adds the bytes that were written into the span to the queue.</summary>
    void Advance(int length);

    /// <summary>
    /// Returns the masking key of a client's next frame, taken from a strong source of randomness (RFC 6455 section 10.3).
    /// It is not called for a server.
    /// </summary>
    uint NextMaskingKey();

    /// <summary>
    /// Whether the queue is below its high-water mark. While it is not, only the newest of all received pings is answered,
    /// when <see cref="WebSocketProtocol.OnWritable"/> is called. Default true: every ping is answered when its bytes are
    /// read.
    /// </summary>
    bool IsWritable => true;

    /// <summary>
    /// Queues a frame with a large payload. An output that can send at once copies only the bytes that the transport does
    /// not accept.
    /// </summary>
    /// <param name="header">The frame header.</param>
    /// <param name="payload">The payload, unmasked.</param>
    void Append(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var span = GetSpan(header.Length + payload.Length);
        header.CopyTo(span);
        payload.CopyTo(span[header.Length..]);
        Advance(header.Length + payload.Length);
    }
}
