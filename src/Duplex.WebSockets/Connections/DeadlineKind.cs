namespace Duplex.WebSockets.Connections;

/// <summary>What a connection has limited time for. One at a time.</summary>
internal enum DeadlineKind : byte
{
    /// <summary>The rest of the message that is under way.</summary>
    Message,

    /// <summary>The application's answers to what came before the peer's close frame or fault.</summary>
    Answers,

    /// <summary>The peer's close frame.</summary>
    Close,

    /// <summary>The orderly end of the transport.</summary>
    Transport,
}
