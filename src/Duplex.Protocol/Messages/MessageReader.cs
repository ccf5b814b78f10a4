using Duplex.Protocol.Extensions;

namespace Duplex.Protocol.Messages;

/// <summary>
/// Reads messages and control frames from the bytes that a peer sent after the handshake, and enforces every rule of
/// RFC 6455 sections 5 and 8.1 on the way; <see cref="WebSocketProtocol"/> is a whole connection. Unfinished frames stay in the
/// reader, in memory from the pool that it holds only while a message is incomplete. One thread at a time.
/// </summary>
public sealed class MessageReader : IDisposable
{
    private EventReader _reader;

    /// <summary>Makes a reader for one connection.</summary>
    /// <param name="role">Our end of the connection.</param>
    /// <param name="limits">Bounds on messages.</param>
    /// <param name="inflater">Given when permessage-deflate was negotiated; disposed with the reader.</param>
    public MessageReader(Role role, MessageLimits limits, IMessageInflater? inflater = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _reader = new EventReader(role, limits, inflater);
    }

    /// <summary>Whether a frame or message has begun and is not whole; the shell bounds the time to complete it.</summary>
    public bool IsMidMessage => _reader.IsMidMessage;

    /// <summary>Whether a close frame or a fault was read; further input is discarded.</summary>
    public bool HasEnded => _reader.HasEnded;

    /// <summary>Whether data messages are delivered in parts.</summary>
    public bool DeliversParts => _reader.DeliversParts;

    /// <summary>
    /// From now on delivers data messages in parts, as their bytes arrive, and holds none of them: a message under way
    /// begins with what was held. The rules and limits are the same. Cannot be undone.
    /// </summary>
    public void DeliverParts() => _reader.DeliverParts();

    /// <summary>
    /// Reads up to and including the next event. Call it until it returns false, then again with new bytes.
    /// </summary>
    /// <param name="input">Bytes as received; unmasked in place, and sliced to what is not yet read.</param>
    /// <param name="e">
    /// The event. Its payload lies in the input or in the reader's memory and is valid until the next call.
    /// </param>
    /// <returns>False when all input was taken and no further event is complete.</returns>
    public bool TryRead(ref Span<byte> input, out MessageEvent e) => _reader.TryRead(ref input, out e);

    /// <summary>Returns all memory. The reader must not be used afterwards.</summary>
    public void Dispose() => _reader.Dispose();
}
