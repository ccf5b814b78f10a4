using System.Text;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;

namespace Duplex.Protocol.Tests.Messages;

/// <summary>A reader's event, kept: payload in hexadecimal, code and reason of a close, code and place of a fault.</summary>
internal sealed record ReadEvent(MessageEventKind Kind, string Payload, CloseCode Code = 0, ProtocolFaultReason Reason = 0, long Offset = 0)
{
    public static ReadEvent TextMessage(string text) => new(MessageEventKind.Text, Convert.ToHexString(Encoding.UTF8.GetBytes(text)));

    public static ReadEvent BinaryMessage(params byte[] payload) => new(MessageEventKind.Binary, Convert.ToHexString(payload));

    public static ReadEvent Ping(string text) => new(MessageEventKind.Ping, Convert.ToHexString(Encoding.UTF8.GetBytes(text)));

    public static ReadEvent Pong(string text) => new(MessageEventKind.Pong, Convert.ToHexString(Encoding.UTF8.GetBytes(text)));

    public static ReadEvent Close(CloseCode code, string reason = "") =>
        new(MessageEventKind.Close, Convert.ToHexString(Encoding.UTF8.GetBytes(reason)), code);

    public static ReadEvent Fault(ProtocolFaultReason reason, CloseCode code, long offset) =>
        new(MessageEventKind.Fault, "", code, reason, offset);

    public static ReadEvent Of(in MessageEvent e) => e.Kind switch
    {
        MessageEventKind.Close => new(e.Kind, Convert.ToHexString(e.CloseReason), e.CloseCode),
        MessageEventKind.Fault => new(e.Kind, "", e.Fault.Code, e.Fault.Reason, e.Fault.Offset),
        _ => new(e.Kind, Convert.ToHexString(e.Payload)),
    };
}
