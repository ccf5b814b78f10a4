using Duplex.Protocol.Closing;

namespace Duplex.Protocol.Messages;

/// <summary>A rule that the peer broke.</summary>
/// <param name="Reason">Which rule.</param>
/// <param name="Code">The code to fail the connection with. RFC 6455 section 7.4.1.</param>
/// <param name="Offset">
/// Bytes received on this connection, after the handshake, before the fault: the first byte of the frame at fault,
/// or for text the first byte that cannot belong to it.
/// </param>
public readonly record struct ProtocolFault(ProtocolFaultReason Reason, CloseCode Code, long Offset)
{
    internal static ProtocolFault Of(ProtocolFaultReason reason, long offset) => new(reason, CodeOf(reason), offset);

    private static CloseCode CodeOf(ProtocolFaultReason reason) => reason switch
    {
        ProtocolFaultReason.MessageTooBig => CloseCode.MessageTooBig,
        ProtocolFaultReason.TooManyFragments => CloseCode.PolicyViolation,
        ProtocolFaultReason.InvalidText or ProtocolFaultReason.InvalidCloseReason or
            ProtocolFaultReason.InvalidCompressedData => CloseCode.InvalidPayloadData,
        _ => CloseCode.ProtocolError,
    };
}
