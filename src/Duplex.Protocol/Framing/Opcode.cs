namespace Duplex.Protocol.Framing;

/// <summary>Specifies the kind of a frame. RFC 6455 sections 5.2 and 11.8; every other value is reserved.</summary>
public enum Opcode : byte
{
    /// <summary>A further fragment of the current message.</summary>
    Continuation = 0x0,

    /// <summary>The first or only fragment of a text message, UTF-8.</summary>
    Text = 0x1,

    /// <summary>The first or only fragment of a binary message.</summary>
    Binary = 0x2,

    /// <summary>A close frame, which starts or completes the closing handshake.</summary>
    Close = 0x8,

    /// <summary>A ping, which requests a pong with the same payload.</summary>
    Ping = 0x9,

    /// <summary>A pong, which answers a ping or is sent unsolicited as a heartbeat.</summary>
    Pong = 0xA,
}
