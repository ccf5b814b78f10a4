namespace Duplex.EventLoop.Transport;

/// <summary>
/// What a back end tells the holder of a socket. Calls arrive inside a turn, on the loop's thread; after
/// <see cref="BackEnd.Remove"/> only <see cref="OnReleased"/> still comes.
/// </summary>
internal interface ISocketEvents
{
    /// <summary>Bytes arrived. The span may be changed in place and is valid only during the call.</summary>
    void OnReceived(Span<byte> data) { }

    /// <summary>Nothing more arrives: the peer ended its side (0) or the socket failed (errno). Called once.</summary>
    void OnReceiveEnded(int error) { }

    /// <summary>A send that was pending made progress: bytes taken, perhaps none, or a negative errno.</summary>
    void OnSent(int result) { }

    /// <summary>The socket that was waited for has bytes, an end or an error to read.</summary>
    void OnReadable() { }

    /// <summary>A listening socket accepted a connection; the callee owns the descriptor.</summary>
    void OnAccepted(int fd) { }

    /// <summary>Accepting stopped with this errno, usually for want of descriptors; arm it again later.</summary>
    void OnAcceptFailed(int error) { }

    /// <summary>
    /// One of the calls above threw, or the back end has failed: the holder lets go of the socket. A listening socket
    /// is not given up: it accepts again later.
    /// </summary>
    void OnFailed();

    /// <summary>The kernel has let go: the descriptor is closed and no buffer is in use. Called once, last.</summary>
    void OnReleased() { }
}
