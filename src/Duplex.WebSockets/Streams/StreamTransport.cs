namespace Duplex.WebSockets.Streams;

/// <summary>A duplex stream under a WebSocket, and how to end it.</summary>
public abstract class StreamTransport
{
    /// <summary>Reads and writes the bytes after the handshake. A read and a write may be under way at the same time.</summary>
    public abstract Stream Stream { get; }

    /// <summary>
    /// Whether ending the transport over unread bytes would discard bytes that were sent: true for TCP, false where
    /// a stream's end is a message of its own (HTTP/2).
    /// </summary>
    public virtual bool Lingers => true;

    /// <summary>
    /// Whether a write completes before the socket has its bytes, as with a pipe: the sending side is then ended a
    /// little later. The default is true, which is always safe.
    /// </summary>
    public virtual bool BuffersWrites => true;

    /// <summary>Ends the sending side and leaves the receiving side open, where the transport can: the default does nothing.</summary>
    public virtual void ShutdownSending()
    {
    }

    /// <summary>Ends both sides at once; a pending read or write fails. Called at most once.</summary>
    public abstract void Abort();
}
