using Duplex.Protocol.Framing;
using Duplex.Protocol.Text;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Sending;

/// <summary>A message of which some parts have been given to be sent, and the last has not.</summary>
internal sealed class PartsInProgress(MessageType type)
{
    private Utf8Validator _text;

    /// <summary>Whether no frame of the message has been written.</summary>
    public bool IsFirst { get; private set; } = true;

    /// <summary>Judges the next part; a part that is refused leaves the message as it was.</summary>
    /// <exception cref="ArgumentException">The part has another type, or the text so far cannot be UTF-8.</exception>
    public void Check(ReadOnlySpan<byte> payload, MessageType partType, bool isLast)
    {
        if (partType != type) throw new ArgumentException("All parts of a message have the type of the first.", nameof(partType));
        if (type != MessageType.Text) return;
        var text = _text;
        if (text.Append(payload) >= 0 || (isLast && !text.IsComplete)) MessageText.ThrowInvalid(nameof(payload));
        _text = text;
    }

    /// <summary>The opcode of the next frame. RFC 6455 section 5.4: the first one's is the type, the others continue.</summary>
    public Opcode NextOpcode()
    {
        if (!IsFirst) return Opcode.Continuation;
        IsFirst = false;
        return (Opcode)type;
    }
}
