using Duplex.Protocol.Closing;

namespace Duplex.Protocol.Messages;

/// <summary>Represents a rule that the peer broke.</summary>
/// <param name="Reason">The rule.</param>
/// <param name="Code">The code to fail the connection with. RFC 6455 section 7.4.1.</param>
/// <param name="Offset">
/// The number of bytes received on this connection after the handshake and before the fault. The fault is at the first byte
/// of the frame, or for text at the first byte that cannot belong to it.
/// </param>
public readonly record struct ProtocolFault(ProtocolFaultReason Reason, CloseCode Code, long Offset)
{
    /// <summary>The broken rule in one sentence, with the section of the RFC that states it; it fits into a close frame.</summary>
    public string Explanation => Explain(Reason);

    internal static string Explain(ProtocolFaultReason reason) => reason switch
    {
        ProtocolFaultReason.ReservedBits => "A reserved bit is set that no extension gives a meaning (RFC 6455 section 5.2).",
        ProtocolFaultReason.ReservedOpcode => "The opcode of a frame is reserved (RFC 6455 section 5.2).",
        ProtocolFaultReason.Unmasked => "A client's frame is not masked (RFC 6455 section 5.1).",
        ProtocolFaultReason.Masked => "A server's frame is masked (RFC 6455 section 5.1).",
        ProtocolFaultReason.FragmentedControl => "A control frame is fragmented (RFC 6455 section 5.5).",
        ProtocolFaultReason.ControlTooLong => "A control frame has more than 125 bytes (RFC 6455 section 5.5).",
        ProtocolFaultReason.UnexpectedContinuation => "A continuation frame continues no message (RFC 6455 section 5.4).",
        ProtocolFaultReason.UnfinishedMessage => "A message begins before the last one is finished (RFC 6455 section 5.4).",
        ProtocolFaultReason.LengthNotMinimal => "The length of a frame is not in its shortest form (RFC 6455 section 5.2).",
        ProtocolFaultReason.LengthTopBit => "The top bit of a frame's 64-bit length is set (RFC 6455 section 5.2).",
        ProtocolFaultReason.MessageTooBig => "A message is larger than the receiver accepts (RFC 6455 section 10.4).",
        ProtocolFaultReason.TooManyFragments => "A message has more fragments than the receiver accepts (RFC 6455 section 10.4).",
        ProtocolFaultReason.InvalidText => "A text message is not UTF-8 (RFC 6455 section 8.1).",
        ProtocolFaultReason.TruncatedCloseCode => "A close frame has a payload of one byte (RFC 6455 section 5.5.1).",
        ProtocolFaultReason.InvalidCloseCode => "A close frame carries a code that must not be sent (RFC 6455 section 7.4).",
        ProtocolFaultReason.InvalidCloseReason => "A close reason is not UTF-8 (RFC 6455 section 5.5.1).",
        ProtocolFaultReason.InvalidCompressedData => "A compressed message does not inflate (RFC 7692 section 7.2.2).",
        _ => "",
    };

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
