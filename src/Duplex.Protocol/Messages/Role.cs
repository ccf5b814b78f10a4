namespace Duplex.Protocol.Messages;

/// <summary>Which end of the connection we are. RFC 6455 section 5.1: clients mask what they send, servers never do.</summary>
public enum Role : byte
{
    /// <summary>We accepted the connection: frames received must be masked.</summary>
    Server,

    /// <summary>We opened the connection: frames received must not be masked.</summary>
    Client,
}
