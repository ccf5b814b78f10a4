namespace Duplex.WebSockets.Messages;

/// <summary>Represents a whole received message: reassembled, inflated, and valid UTF-8 for text.</summary>
public readonly ref struct WebSocketMessage(ReadOnlySpan<byte> payload, MessageType type)
{
    /// <summary>The bytes of the message; valid until the handler returns.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>The type of the message: text or binary.</summary>
    public MessageType Type { get; } = type;
}
