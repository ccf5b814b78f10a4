namespace Duplex.Centrifuge.Codecs;

/// <summary>The outcome of reading the next command of a frame.</summary>
internal enum CommandStatus
{
    /// <summary>The frame has no further command. A frame without any command is a fault of the client.</summary>
    End,

    /// <summary>A command was read; the frame now starts after it.</summary>
    Command,

    /// <summary>The bytes are not a valid command: the caller disconnects the client with bad request (3501).</summary>
    Fault,
}
