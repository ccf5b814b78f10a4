namespace Duplex.WebSockets.Messages;

/// <summary>
/// A part of a message as received: inflated, and for text valid UTF-8 as far as it goes, though it may end inside a
/// character. How a message is cut into parts says nothing about its fragments.
/// </summary>
public readonly ref struct WebSocketMessagePart(ReadOnlySpan<byte> payload, MessageType type, bool isFirst, bool isLast)
{
    /// <summary>The bytes; valid until the handler returns. Empty only in a last part.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Text or binary: that of the message.</summary>
    public MessageType Type { get; } = type;

    /// <summary>Whether the message begins with this part.</summary>
    public bool IsFirst { get; } = isFirst;

    /// <summary>Whether the message ends with this part; without it the message is not whole.</summary>
    public bool IsLast { get; } = isLast;
}
