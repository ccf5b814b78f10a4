using Duplex.Protocol.Framing;
using Duplex.Protocol.Text;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Sending;

/// <summary>Represents a message of which some parts, but not the last, have been sent.</summary>
internal sealed class PartsInProgress(MessageType type)
{
    private Utf8Validator _text;

    /// <summary>Whether no frame of the message has been written.</summary>
    public bool IsFirst { get; private set; } = true;

    /// <summary>Validates the next part; a rejected part does not change the message.</summary>
    /// <exception cref="ArgumentException">The part has another type, or the text so far cannot be UTF-8.</exception>
    public void Check(ReadOnlySpan<byte> payload, MessageType partType, bool isLast)
    {
        if (partType != type) throw new ArgumentException("All parts of a message must have the type of the first.", nameof(partType));
        if (type != MessageType.Text) return;
        var text = _text;
        if (text.Append(payload) >= 0 || (isLast && !text.IsComplete)) MessageText.ThrowInvalid(nameof(payload));
        _text = text;
    }

    /// <summary>
    /// Returns the opcode of the next frame: the message's type for the first one, continuation for the others. RFC 6455
    /// section 5.4.
    /// </summary>
    public Opcode NextOpcode()
    {
        if (!IsFirst) return Opcode.Continuation;
        IsFirst = false;
        return (Opcode)type;
    }
}
