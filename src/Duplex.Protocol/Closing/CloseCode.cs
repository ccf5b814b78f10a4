namespace Duplex.Protocol.Closing;

/// <summary>
/// Specifies the status code of a close frame. RFC 6455 section 7.4.1 names these; libraries register 3000 to 3999 and
/// applications use 4000 to 4999, so any value of 3000 to 4999 is legal too.
/// </summary>
public enum CloseCode : ushort
{
    /// <summary>The purpose of the connection has been fulfilled.</summary>
    NormalClosure = 1000,

    /// <summary>The server is going down, or the browser has left the page.</summary>
    GoingAway = 1001,

    /// <summary>The peer violated the protocol.</summary>
    ProtocolError = 1002,

    /// <summary>The peer sent a kind of data that cannot be accepted.</summary>
    UnsupportedData = 1003,

    /// <summary>The close frame carried no code. This value is never sent on the wire.</summary>
    NoStatusReceived = 1005,

    /// <summary>The connection ended without a close frame. This value is never sent on the wire.</summary>
    AbnormalClosure = 1006,

    /// <summary>A text message, or a close reason, was not UTF-8.</summary>
    InvalidPayloadData = 1007,

    /// <summary>The message violated a rule that has no other code.</summary>
    PolicyViolation = 1008,

    /// <summary>The message was too big to process.</summary>
    MessageTooBig = 1009,

    /// <summary>The server did not negotiate an extension that the client needs. Only clients send it.</summary>
    MandatoryExtension = 1010,

    /// <summary>The server encountered an unexpected condition.</summary>
    InternalError = 1011,

    /// <summary>The server is restarting (IANA registry).</summary>
    ServiceRestart = 1012,

    /// <summary>The server is overloaded; the client should try again later (IANA registry).</summary>
    TryAgainLater = 1013,
}
