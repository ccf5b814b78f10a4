namespace Duplex.WebSockets.Connections;

/// <summary>How the transport ends when the connection has.</summary>
internal enum TransportEnding : byte
{
    /// <summary>What is queued is sent first.</summary>
    Finish,

    /// <summary>The same, and what the peer still sends is read and discarded, so that it arrives.</summary>
    FinishLingering,

    /// <summary>At once.</summary>
    Drop,
}
