namespace Duplex.Protocol.Messages;

/// <summary>Specifies the rule that a peer broke, with the section that states it.</summary>
public enum ProtocolFaultReason : byte
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>A reserved bit was set, and no negotiated extension defines it. RFC 6455 section 5.2, RFC 7692 section 6.</summary>
    ReservedBits,

    /// <summary>The opcode was reserved. RFC 6455 section 5.2.</summary>
    ReservedOpcode,

    /// <summary>A client sent a frame without masking it. RFC 6455 section 5.1.</summary>
    Unmasked,

    /// <summary>A server masked a frame. RFC 6455 section 5.1.</summary>
    Masked,

    /// <summary>A control frame was fragmented. RFC 6455 section 5.5.</summary>
    FragmentedControl,

    /// <summary>A control frame had more than 125 bytes. RFC 6455 section 5.5.</summary>
    ControlTooLong,

    /// <summary>A continuation frame arrived without a message to continue. RFC 6455 section 5.4.</summary>
    UnexpectedContinuation,

    /// <summary>A new message began before the previous one was finished. RFC 6455 section 5.4.</summary>
    UnfinishedMessage,

    /// <summary>The length was not in its shortest form. RFC 6455 section 5.2.</summary>
    LengthNotMinimal,

    /// <summary>The top bit of a 64-bit length was set. RFC 6455 section 5.2.</summary>
    LengthTopBit,

    /// <summary>The message was larger than the limit. RFC 6455 section 10.4.</summary>
    MessageTooBig,

    /// <summary>The message had more fragments than the limit. RFC 6455 section 10.4.</summary>
    TooManyFragments,

    /// <summary>A text message was not UTF-8. RFC 6455 section 8.1.</summary>
    InvalidText,

    /// <summary>A close frame had a payload of one byte, too short for a code. RFC 6455 section 5.5.1.</summary>
    TruncatedCloseCode,

    /// <summary>A close frame carried a code that must not be sent. RFC 6455 section 7.4.</summary>
    InvalidCloseCode,

    /// <summary>A close reason was not UTF-8. RFC 6455 section 5.5.1.</summary>
    InvalidCloseReason,

    /// <summary>A compressed message did not inflate. RFC 7692 section 7.2.2.</summary>
    InvalidCompressedData,
}
