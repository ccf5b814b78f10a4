namespace Duplex.EventLoop.Loops;

/// <summary>Something that queued bytes during a turn.</summary>
internal interface ISender
{
    /// <summary>The turn ends: send.</summary>
    void Flush();

    /// <summary><see cref="Flush"/> threw: let go of the connection.</summary>
    void OnFailed();
}
