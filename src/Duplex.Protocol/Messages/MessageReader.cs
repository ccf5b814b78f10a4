using Duplex.Protocol.Extensions;

namespace Duplex.Protocol.Messages;

/// <summary>
/// Reads messages and control frames from the bytes that a peer sent after the handshake, and enforces RFC 6455 sections 5
/// and 8.1; <see cref="WebSocketProtocol"/> is a whole connection. The reader holds pooled memory only while a message is
/// incomplete. Not safe for concurrent use.
/// </summary>
public sealed class MessageReader : IDisposable
{
    private EventReader _reader;

    /// <summary>Creates a reader for one connection.</summary>
    /// <param name="role">The local role in the connection.</param>
    /// <param name="limits">The limits on messages.</param>
    /// <param name="inflater">The inflater when permessage-deflate was negotiated, else null. The reader disposes it.</param>
    public MessageReader(Role role, MessageLimits limits, IMessageInflater? inflater = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _reader = new EventReader(role, limits, inflater);
    }

    /// <summary>Whether a frame or message has begun and is incomplete; the shell bounds the time to complete it.</summary>
    public bool IsMidMessage => _reader.IsMidMessage;

    /// <summary>Whether a close frame or a fault was read, after which all input is discarded.</summary>
    public bool HasEnded => _reader.HasEnded;

    /// <summary>Whether data messages are delivered in parts.</summary>
    public bool DeliversParts => _reader.DeliversParts;

    /// <summary>
    /// Switches to delivering data messages in parts, as their bytes arrive and without retaining them. The first part of a
    /// message in progress holds the bytes that were retained. Rules and limits do not change. The switch cannot be undone.
    /// </summary>
    public void DeliverParts() => _reader.DeliverParts();

    /// <summary>
    /// Reads up to and including the next event. Call it until it returns false, then again with new bytes.
    /// </summary>
    /// <param name="input">The received bytes; they are unmasked in place, and the span is sliced to the unread rest.</param>
    /// <param name="e">The event. Its payload lies in the input or in the reader's memory and is valid until the next call.</param>
    /// <returns>False when all input was consumed and no further event is complete.</returns>
    public bool TryRead(ref Span<byte> input, out MessageEvent e) => _reader.TryRead(ref input, out e);

    /// <summary>Returns all memory. The reader must not be used afterwards.</summary>
    public void Dispose() => _reader.Dispose();
}
