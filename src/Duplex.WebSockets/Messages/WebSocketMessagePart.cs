namespace Duplex.WebSockets.Messages;

/// <summary>
/// Represents a part of a received message: inflated, and for text valid UTF-8 so far, though it may end inside a character.
/// The parts of a message do not correspond to its fragments.
/// </summary>
public readonly ref struct WebSocketMessagePart(ReadOnlySpan<byte> payload, MessageType type, bool isFirst, bool isLast)
{
    /// <summary>The bytes of the part; valid until the handler returns. Only a last part may be empty.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>The type of the message: text or binary.</summary>
    public MessageType Type { get; } = type;

    /// <summary>Whether this part begins the message.</summary>
    public bool IsFirst { get; } = isFirst;

    /// <summary>Whether this part ends the message; a message without a last part is incomplete.</summary>
    public bool IsLast { get; } = isLast;
}
