using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Represents the end of a connection: its cause, and the close code and reason that apply (RFC 6455 sections 7.1.5 and
/// 7.1.6).
/// </summary>
/// <param name="Reason">The cause, for metrics and logs.</param>
/// <param name="Code">The close code that was received, or the one that was sent first; 1005 or 1006 when there was none.</param>
/// <param name="CloseReason">The text that accompanied the code; empty when there was none.</param>
public readonly record struct ConnectionEnd(EndReason Reason, CloseCode Code, string CloseReason)
{
    /// <summary>The rule that the peer broke, with its position in the byte stream; null when it broke none.</summary>
    public ProtocolFault? Fault { get; init; }

    /// <summary>
    /// Whether either side closed normally: the local side with any code, or the peer with 1000, 1001 or no code (RFC 6455
    /// section 7.4.1). Such an end throws no exception.
    /// </summary>
    public bool IsNormal => Reason == EndReason.ClosedByApplication
        || (Reason == EndReason.ClosedByPeer && Code is CloseCode.NormalClosure or CloseCode.GoingAway or CloseCode.NoStatusReceived);
}
