using Duplex.Protocol.Extensions;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;

namespace Duplex.Protocol;

/// <summary>Represents the parameters of a <see cref="WebSocketProtocol"/> that the opening handshake has settled.</summary>
public readonly record struct WebSocketProtocolSetup
{
    /// <summary>The local role in the connection. Default server.</summary>
    public Role Role { get; init; }

    /// <summary>The limits on the peer's messages.</summary>
    public required MessageLimits Limits { get; init; }

    /// <summary>The output that receives the frames to send and returns the masking keys of a client.</summary>
    public required IFrameOutput Output { get; init; }

    /// <summary>The inflater of the peer's messages when compression was negotiated, else null. The protocol disposes it.</summary>
    public IMessageInflater? Inflater { get; init; }
}
