using Duplex.Protocol.Closing;

namespace Duplex.Protocol.Messages;

/// <summary>
/// Represents one event read from a peer's bytes. Its spans are valid until the next call on the reader that returned it.
/// </summary>
public readonly ref struct MessageEvent
{
    private readonly ProtocolFault _fault;

    private MessageEvent(MessageEventKind kind, ReadOnlySpan<byte> payload, ProtocolFault fault, bool isFirst = true, bool isLast = true)
    {
        Kind = kind;
        Payload = payload;
        IsFirst = isFirst;
        IsLast = isLast;
        _fault = fault;
    }

    /// <summary>The kind of the event.</summary>
    public MessageEventKind Kind { get; }

    /// <summary>The message or its part, or the payload of the control frame: for a close frame the code and reason as sent.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Whether the payload begins its message, which is always true unless the reader delivers parts.</summary>
    public bool IsFirst { get; }

    /// <summary>Whether the payload ends its message, which is always true unless the reader delivers parts.</summary>
    public bool IsLast { get; }

    /// <summary>
    /// The code of a close frame, or <see cref="CloseCode.NoStatusReceived"/> when it carried none (RFC 6455 section 7.1.5);
    /// for a fault the code to close the connection with.
    /// </summary>
    public CloseCode CloseCode => _fault.Code;

    /// <summary>The reason of a close frame, valid UTF-8; empty when it carried none.</summary>
    public ReadOnlySpan<byte> CloseReason =>
        Kind == MessageEventKind.Close && Payload.Length > 2 ? Payload[2..] : default;

    /// <summary>The rule that the peer broke; meaningful for <see cref="MessageEventKind.Fault"/> only.</summary>
    public ProtocolFault Fault => _fault;

    internal static MessageEvent Data(MessageEventKind kind, ReadOnlySpan<byte> payload) => new(kind, payload, default);

    internal static MessageEvent Part(MessageEventKind kind, ReadOnlySpan<byte> payload, bool isFirst, bool isLast) =>
        new(kind, payload, default, isFirst, isLast);

    internal static MessageEvent Close(CloseCode code, ReadOnlySpan<byte> payload) =>
        new(MessageEventKind.Close, payload, new ProtocolFault(default, code, 0));

    internal static MessageEvent Failed(ProtocolFault fault) => new(MessageEventKind.Fault, default, fault);
}
