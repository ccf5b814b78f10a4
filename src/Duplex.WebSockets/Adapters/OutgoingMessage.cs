using System.Buffers;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Adapters;

/// <summary>Represents a message, a part of one or a close frame that waits to be sent by a socket of another stack.</summary>
internal readonly record struct OutgoingMessage(byte[]? Buffer, PreparedMessage? Message, ReadOnlyMemory<byte> Payload, MessageType Type)
{
    public CloseCode? Code { get; init; }

    public string Reason { get; init; } = "";

    public bool IsLast { get; init; } = true;

    public void Release()
    {
        if (Buffer is not null) ArrayPool<byte>.Shared.Return(Buffer);
        Message?.Release();
    }
}
