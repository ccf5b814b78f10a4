using Duplex.Protocol.Messages;

namespace Duplex.Protocol.Framing;

/// <summary>Validates frame headers. RFC 6455 section 5.</summary>
internal static class FrameRules
{
    /// <summary>Validates the first two bytes of a frame header.</summary>
    /// <param name="first">The byte with FIN, the reserved bits and the opcode.</param>
    /// <param name="second">The byte with MASK and the 7-bit length.</param>
    /// <param name="role">The local role in the connection.</param>
    /// <param name="isMessageOpen">Whether a fragmented message waits for its continuation.</param>
    /// <param name="allowsCompression">Whether permessage-deflate was negotiated.</param>
    public static ProtocolFaultReason CheckStart(byte first, byte second, Role role, bool isMessageOpen, bool allowsCompression)
    {
        var opcode = first & FrameHeader.OpcodeBits;

        // Section 5.2: reserved bits are zero unless an extension defines them. RFC 7692 section 6 gives RSV1 a
        // meaning on the first frame of a data message only.
        if ((first & FrameHeader.ReservedBits) != 0) return ProtocolFaultReason.ReservedBits;
        if ((first & FrameHeader.Rsv1Bit) != 0 && !(allowsCompression && opcode is (int)Opcode.Text or (int)Opcode.Binary))
            return ProtocolFaultReason.ReservedBits;

        if (opcode is > (int)Opcode.Binary and < (int)Opcode.Close or > (int)Opcode.Pong) return ProtocolFaultReason.ReservedOpcode;

        // Section 5.1: a server must close on an unmasked frame, a client on a masked one.
        var isMasked = (second & FrameHeader.MaskBit) != 0;
        if (isMasked != (role == Role.Server)) return isMasked ? ProtocolFaultReason.Masked : ProtocolFaultReason.Unmasked;

        if (opcode >= (int)Opcode.Close)
        {
            // Section 5.5: control frames have at most 125 bytes and are never fragmented.
            if ((first & FrameHeader.FinBit) == 0) return ProtocolFaultReason.FragmentedControl;
            return (second & FrameHeader.LengthBits) > FrameWriter.MaxControlPayloadBytes ? ProtocolFaultReason.ControlTooLong : ProtocolFaultReason.None;
        }

        // Section 5.4: fragments of different messages never mix.
        return (opcode, isMessageOpen) switch
        {
            ((int)Opcode.Continuation, false) => ProtocolFaultReason.UnexpectedContinuation,
            (not (int)Opcode.Continuation, true) => ProtocolFaultReason.UnfinishedMessage,
            _ => ProtocolFaultReason.None,
        };
    }

    /// <summary>
    /// Validates the payload length: only its shortest form is legal, and the top bit of 64 is zero. RFC 6455 section 5.2.
    /// </summary>
    public static ProtocolFaultReason CheckLength(byte second, ulong length) => (second & FrameHeader.LengthBits) switch
    {
        FrameHeader.Length16 when length <= FrameHeader.MaxShortLength => ProtocolFaultReason.LengthNotMinimal,
        FrameHeader.Length64 when length <= ushort.MaxValue => ProtocolFaultReason.LengthNotMinimal,
        FrameHeader.Length64 when length > long.MaxValue => ProtocolFaultReason.LengthTopBit,
        _ => ProtocolFaultReason.None,
    };
}
