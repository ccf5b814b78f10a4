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

    /// <summary>Receives the frames that are sent.</summary>
    public required IFrameOutput Output { get; init; }

    /// <summary>
    /// Returns the masking key of each frame sent: required for a client, ignored for a server. From a strong source of
    /// randomness (RFC 6455 section 10.3).
    /// </summary>
    public Func<uint>? MaskingKeys { get; init; }

    /// <summary>Inflates the peer's messages when compression was agreed on, else null. The protocol disposes it.</summary>
    public IMessageInflater? Inflater { get; init; }
}
