using System.Text;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Client;

/// <summary>A whole message that a client received. Its memory is its own.</summary>
/// <param name="Type">Text or binary.</param>
/// <param name="Payload">The bytes; of a text message valid UTF-8.</param>
public readonly record struct ReceivedMessage(MessageType Type, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Whether it is text.</summary>
    public bool IsText => Type == MessageType.Text;

    /// <summary>The payload decoded from UTF-8.</summary>
    public string GetText() => Encoding.UTF8.GetString(Payload.Span);
}
