namespace Showcase.Lines.Wire;

/// <summary>A frame. RFC 6455 section 5.2.</summary>
/// <param name="At">The position of its first byte.</param>
/// <param name="HeaderLength">The number of bytes of the header, the masking key included.</param>
/// <param name="IsFinal">The bit FIN.</param>
/// <param name="IsCompressed">The bit RSV1, which marks a compressed message (RFC 7692).</param>
/// <param name="Opcode">The kind of the frame.</param>
/// <param name="LengthBits">The number of bits that hold the length: 7, 16 or 64.</param>
/// <param name="PayloadLength">The length of the payload.</param>
/// <param name="MaskingKey">The masking key in hexadecimal digits, or null without one.</param>
/// <param name="Payload">The payload without its masking, as far as it has passed.</param>
/// <param name="IsWhole">Whether the whole payload has passed.</param>
/// <param name="CloseCode">The code of a close frame, or null.</param>
/// <param name="CloseReason">The reason of a close frame, or null.</param>
internal sealed record WireFrame(
    long At,
    int HeaderLength,
    bool IsFinal,
    bool IsCompressed,
    string Opcode,
    int LengthBits,
    long PayloadLength,
    string? MaskingKey,
    byte[] Payload,
    bool IsWhole,
    int? CloseCode,
    string? CloseReason);
