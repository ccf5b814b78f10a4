namespace Duplex.EventLoop.Loops;

/// <summary>A connection that queued bytes during a turn.</summary>
internal interface ISender
{
    /// <summary>Sends the queued bytes at the end of the turn.</summary>
    void Flush();

    /// <summary>Releases the connection after <see cref="Flush"/> threw.</summary>
    void OnFailed();
}
