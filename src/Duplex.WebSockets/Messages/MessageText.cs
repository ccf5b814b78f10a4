using System.Text.Unicode;

namespace Duplex.WebSockets.Messages;

/// <summary>Refuses text that a peer would have to fail the connection for. RFC 6455 section 8.1.</summary>
internal static class MessageText
{
    /// <summary>The check is vectorized: a small part of what copying and sending the bytes costs.</summary>
    /// <exception cref="ArgumentException">The message is text and not UTF-8.</exception>
    public static void Check(ReadOnlySpan<byte> payload, MessageType type)
    {
        if (type == MessageType.Text && !Utf8.IsValid(payload)) ThrowInvalid(nameof(payload));
    }

    public static void ThrowInvalid(string parameter) => throw new ArgumentException("A text message must be UTF-8.", parameter);
}
