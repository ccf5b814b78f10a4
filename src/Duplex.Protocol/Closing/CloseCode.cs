namespace Duplex.Protocol.Closing;

/// <summary>
/// Why a connection was closed, as the two bytes of a close frame. RFC 6455 section 7.4.1 names these;
/// 3000 to 3999 are registered by libraries and 4000 to 4999 belong to applications, so any value of
/// 3000 to 4999 is legal too.
/// </summary>
public enum CloseCode : ushort
{
    /// <summary>The purpose of the connection is fulfilled.</summary>
    NormalClosure = 1000,

    /// <summary>The server goes down or the browser left the page.</summary>
    GoingAway = 1001,

    /// <summary>The peer broke the protocol.</summary>
    ProtocolError = 1002,

    /// <summary>The peer sent a kind of data that cannot be accepted.</summary>
    UnsupportedData = 1003,

    /// <summary>The close frame carried no code. Never sent on the wire.</summary>
    NoStatusReceived = 1005,

    /// <summary>The connection ended without a close frame. Never sent on the wire.</summary>
    AbnormalClosure = 1006,

    /// <summary>A text message, or a close reason, was not UTF-8.</summary>
    InvalidPayloadData = 1007,

    /// <summary>The message broke a rule that no other code names.</summary>
    PolicyViolation = 1008,

    /// <summary>The message was too big to process.</summary>
    MessageTooBig = 1009,

    /// <summary>The server did not negotiate an extension that the client needs. Sent by clients only.</summary>
    MandatoryExtension = 1010,

    /// <summary>The server met an unexpected condition.</summary>
    InternalError = 1011,

    /// <summary>The server restarts (IANA registry).</summary>
    ServiceRestart = 1012,

    /// <summary>The server is overloaded; try again later (IANA registry).</summary>
    TryAgainLater = 1013,
}
