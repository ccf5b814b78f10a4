namespace Duplex.Centrifuge.Codecs;

/// <summary>What a read found.</summary>
public enum CommandStatus
{
    /// <summary>Nothing is left in the frame. A frame without any command is a fault of the client too.</summary>
    End,

    /// <summary>A command; the frame now begins behind it.</summary>
    Command,

    /// <summary>Bytes that are no command: disconnect with bad request (3501).</summary>
    Fault,
}
