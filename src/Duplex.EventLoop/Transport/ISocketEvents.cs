namespace Duplex.EventLoop.Transport;

/// <summary>
/// The events that a back end delivers to the holder of a socket, within a turn and on the loop's thread. After
/// <see cref="BackEnd.Remove"/> it delivers only <see cref="OnReleased"/>.
/// </summary>
internal interface ISocketEvents
{
    /// <summary>Occurs when bytes arrive. The span may be changed in place and is valid only during the call.</summary>
    void OnReceived(Span<byte> data) { }

    /// <summary>Occurs once, when the peer closes its side (0) or the socket fails (errno). No bytes arrive afterwards.</summary>
    void OnReceiveEnded(int error) { }

    /// <summary>Occurs when a pending send makes progress: the number of bytes accepted, which may be 0, or a negative errno.</summary>
    void OnSent(int result) { }

    /// <summary>Occurs after <see cref="BackEnd.WaitReadable"/>, when the socket has bytes, end-of-stream or an error to read.</summary>
    void OnReadable() { }

    /// <summary>Occurs when a listening socket accepts a connection; the callee owns the descriptor.</summary>
    void OnAccepted(int fd) { }

    /// <summary>Occurs when accepting stops with an errno, usually because no descriptor is free; the holder arms it again later.</summary>
    void OnAcceptFailed(int error) { }

    /// <summary>
    /// Occurs when one of the calls above threw or the back end failed. The holder removes the socket; the holder of a
    /// listening socket keeps it and accepts again later.
    /// </summary>
    void OnFailed();

    /// <summary>Occurs once, last, when the descriptor is closed and the kernel uses no buffer of the holder.</summary>
    void OnReleased() { }
}
