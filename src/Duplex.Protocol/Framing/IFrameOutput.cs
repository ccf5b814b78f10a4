namespace Duplex.Protocol.Framing;

/// <summary>
/// The memory that a <see cref="WebSocketProtocol"/> writes frames into: the end of its connection's send queue. Nothing is
/// sent by these calls, except where <see cref="Append"/> may.
/// </summary>
public interface IFrameOutput
{
    /// <summary>Returns room at the end of the queue; bytes written there count once <see cref="Advance"/> is called.</summary>
    /// <param name="length">Bytes needed; the span may be longer.</param>
    Span<byte> GetSpan(int length);

    /// <summary>Adds bytes that were written into the span to the queue.</summary>
    void Advance(int length);

    /// <summary>
    /// Returns the masking key of a client's next frame, from a strong source of randomness (RFC 6455 section 10.3). Not called
    /// for a server.
    /// </summary>
    uint NextMaskingKey();

    /// <summary>
    /// Whether the queue is below its high-water mark. While it is not, of all pings received only the newest is answered, once
    /// <see cref="WebSocketProtocol.OnWritable"/> is called. Default true: every ping is answered when its bytes are read.
    /// </summary>
    bool IsWritable => true;

    /// <summary>Adds a frame with a large payload. An output that can send at once copies only what the transport does not take.</summary>
    /// <param name="header">The header.</param>
    /// <param name="payload">The payload, unmasked.</param>
    void Append(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var span = GetSpan(header.Length + payload.Length);
        header.CopyTo(span);
        payload.CopyTo(span[header.Length..]);
        Advance(header.Length + payload.Length);
    }
}
