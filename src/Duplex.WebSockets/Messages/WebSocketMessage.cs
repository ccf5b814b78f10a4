namespace Duplex.WebSockets.Messages;

/// <summary>A whole message as received: reassembled, inflated, and for text known to be valid UTF-8.</summary>
public readonly ref struct WebSocketMessage(ReadOnlySpan<byte> payload, MessageType type)
{
    /// <summary>The bytes; valid until the handler returns.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Text or binary.</summary>
    public MessageType Type { get; } = type;
}
