using Duplex.Protocol.Extensions;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;

namespace Duplex.Protocol;

/// <summary>The parameters of a <see cref="WebSocketProtocol"/>, which the opening handshake has settled.</summary>
public readonly record struct WebSocketProtocolSetup
{
    /// <summary>Our end of the connection. Default server.</summary>
    public Role Role { get; init; }

    /// <summary>Bounds on the peer's messages.</summary>
    public required MessageLimits Limits { get; init; }

    /// <summary>Receives the frames that are sent, and makes the masking keys of a client.</summary>
    public required IFrameOutput Output { get; init; }

    /// <summary>Inflates the peer's messages when compression was agreed on, else null. The protocol disposes it.</summary>
    public IMessageInflater? Inflater { get; init; }
}
