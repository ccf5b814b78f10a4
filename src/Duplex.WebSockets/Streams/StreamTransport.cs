namespace Duplex.WebSockets.Streams;

/// <summary>Represents the duplex stream of a WebSocket, with the operations that end it.</summary>
internal abstract class StreamTransport
{
    /// <summary>The stream of the bytes after the handshake. A read and a write may be pending at the same time.</summary>
    public abstract Stream Stream { get; }

    /// <summary>
    /// Whether ending the transport with unread bytes would discard bytes that were sent: true for TCP, false where a
    /// stream's end is a message of its own (HTTP/2).
    /// </summary>
    public virtual bool Lingers => true;

    /// <summary>
    /// Whether a write completes before the socket has its bytes, as with a pipe; the sending side is then shut down after a
    /// short delay. The default is true, which is always safe.
    /// </summary>
    public virtual bool BuffersWrites => true;

    /// <summary>
    /// The number of written bytes that the local kernel has not sent, and that other buffers in between hold, as far as they
    /// are known. The default is 0.
    /// </summary>
    public virtual long UnsentBytes => 0;

    /// <summary>
    /// Shuts down the sending side and leaves the receiving side open, where the transport supports it. The default does
    /// nothing.
    /// </summary>
    public virtual void ShutdownSending()
    {
    }

    /// <summary>Ends both sides at once; a pending read or write fails. Called at most once.</summary>
    public abstract void Abort();
}
