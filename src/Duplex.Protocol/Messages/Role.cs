namespace Duplex.Protocol.Messages;

/// <summary>Specifies the local role in a connection. RFC 6455 section 5.1: clients mask the frames they send, servers do not.</summary>
public enum Role : byte
{
    /// <summary>The endpoint that accepted the connection: received frames must be masked.</summary>
    Server,

    /// <summary>The endpoint that opened the connection: received frames must not be masked.</summary>
    Client,
}
