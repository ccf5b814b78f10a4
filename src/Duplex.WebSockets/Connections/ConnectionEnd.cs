using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>How a connection ended: the cause, and the code and reason that count (RFC 6455 sections 7.1.5 and 7.1.6).</summary>
/// <param name="Reason">The cause, for metrics and logs.</param>
/// <param name="Code">The close code received, or the one we sent first; 1005 or 1006 when there was none.</param>
/// <param name="CloseReason">The text that came with the code; empty when there was none.</param>
public readonly record struct ConnectionEnd(EndReason Reason, CloseCode Code, string CloseReason)
{
    /// <summary>The rule that the peer broke, and at which byte of its stream; null when it broke none.</summary>
    public ProtocolFault? Fault { get; init; }

    /// <summary>
    /// Whether either side closed as it should: we did, or the peer did with 1000, 1001 or no code (RFC 6455 section
    /// 7.4.1). Nobody needs to be told of such an end by an exception.
    /// </summary>
    public bool IsNormal => Reason == EndReason.ClosedByApplication
        || (Reason == EndReason.ClosedByPeer && Code is CloseCode.NormalClosure or CloseCode.GoingAway or CloseCode.NoStatusReceived);
}
