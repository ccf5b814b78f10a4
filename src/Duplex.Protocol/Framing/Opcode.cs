namespace Duplex.Protocol.Framing;

/// <summary>What a frame carries. RFC 6455 section 5.2 and 11.8; every other value is reserved.</summary>
public enum Opcode : byte
{
    /// <summary>A further fragment of the message that is under way.</summary>
    Continuation = 0x0,

    /// <summary>The first or only fragment of a text message, UTF-8.</summary>
    Text = 0x1,

    /// <summary>The first or only fragment of a binary message.</summary>
    Binary = 0x2,

    /// <summary>Starts or answers the close handshake.</summary>
    Close = 0x8,

    /// <summary>Asks the peer for a pong with the same payload.</summary>
    Ping = 0x9,

    /// <summary>Answers a ping, or is sent unasked as a sign of life.</summary>
    Pong = 0xA,
}
