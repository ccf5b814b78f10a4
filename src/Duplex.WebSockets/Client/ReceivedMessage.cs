using System.Text;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Client;

/// <summary>Represents a whole received message, which owns its memory.</summary>
/// <param name="Type">The type of the message: text or binary.</param>
/// <param name="Payload">The bytes of the message; valid UTF-8 for text.</param>
public readonly record struct ReceivedMessage(MessageType Type, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Whether the message is text.</summary>
    public bool IsText => Type == MessageType.Text;

    /// <summary>Returns the payload decoded from UTF-8.</summary>
    public string GetText() => Encoding.UTF8.GetString(Payload.Span);
}
