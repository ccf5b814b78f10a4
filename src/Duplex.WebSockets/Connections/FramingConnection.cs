using Duplex.Protocol.Closing;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Sending;

namespace Duplex.WebSockets.Connections;

/// <summary>A WebSocket that frames what it sends itself, masked where it is a client, into the send queue of its shell.</summary>
public abstract class FramingConnection : WebSocketConnection
{
    // From here on a payload's copy costs more than a call of its own.
    private const int LargePayloadBytes = 16 * 1024;

    private readonly Func<uint>? _maskingKeys;

    /// <summary>Takes the role and the masking keys from what the handshake settled.</summary>
    protected FramingConnection(in ConnectionSetup setup)
    {
        if (setup.Role != Role.Client) return;
        ArgumentNullException.ThrowIfNull(setup.MaskingKeys);
        _maskingKeys = setup.MaskingKeys;
    }

    /// <summary>Whether frames are masked, so that they cannot be shared with other connections. RFC 6455 section 5.1.</summary>
    private protected bool IsMasking => _maskingKeys is not null;

    /// <summary>Room at the end of the send queue; bytes written there count once <see cref="AdvanceSend"/> is called.</summary>
    protected abstract Span<byte> GetSendSpan(int length);

    /// <summary>Adds written bytes to the queue. They leave when the turn ends.</summary>
    protected abstract void AdvanceSend(int length);

    /// <summary>Adds a finished frame to the queue and takes a reference until its bytes have left.</summary>
    protected abstract void Enqueue(PreparedMessage message);

    /// <summary>
    /// Adds a frame with a large payload to the queue. A shell that can send at once overrides it, and copies only
    /// what the transport does not take.
    /// </summary>
    protected virtual void EnqueueLarge(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var span = GetSendSpan(header.Length + payload.Length);
        header.CopyTo(span);
        payload.CopyTo(span[header.Length..]);
        AdvanceSend(header.Length + payload.Length);
    }

    private protected void WriteClose(CloseCode code, string reason)
    {
        var span = GetSendSpan(2 + sizeof(uint) + ClosePayload.MaxBytes);
        AdvanceSend(_maskingKeys is null
            ? FrameWriter.WriteClose(span, code, reason)
            : FrameWriter.WriteMaskedClose(span, code, reason, _maskingKeys()));
    }

    private protected void Write(in OutgoingFrame frame)
    {
        using (frame) WriteFrame(frame.Opcode, frame.Payload, frame.IsFinal, frame.IsCompressed);
    }

    private protected void WriteFrame(Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, bool isCompressed = false)
    {
        if (_maskingKeys is null && payload.Length >= LargePayloadBytes)
        {
            Span<byte> header = stackalloc byte[FrameWriter.MaxHeaderBytes];
            var length = FrameWriter.WriteHeader(header, opcode, payload.Length, isFinal, isCompressed);
            EnqueueLarge(header[..length], payload);
            return;
        }

        var span = GetSendSpan(FrameWriter.HeaderLength(payload.Length, _maskingKeys is not null) + payload.Length);
        AdvanceSend(_maskingKeys is null
            ? FrameWriter.WriteFrame(span, opcode, payload, isFinal, isCompressed)
            : FrameWriter.WriteMaskedFrame(span, opcode, payload, _maskingKeys(), isFinal, isCompressed));
    }
}
