using System.Text.Unicode;

namespace Duplex.WebSockets.Messages;

/// <summary>Rejects text for which a peer would have to fail the connection. RFC 6455 section 8.1.</summary>
internal static class MessageText
{
    /// <summary>
    /// Throws when a text message is not UTF-8. The check is vectorized and costs a small part of copying and sending the
    /// bytes.
    /// </summary>
    /// <exception cref="ArgumentException">The message is text and not UTF-8.</exception>
    public static void Check(ReadOnlySpan<byte> payload, MessageType type)
    {
        if (type == MessageType.Text && !Utf8.IsValid(payload)) ThrowInvalid(nameof(payload));
    }

    public static void ThrowInvalid(string parameter) => throw new ArgumentException("A text message must be UTF-8.", parameter);
}
