using Duplex.Protocol.Extensions;

namespace Duplex.Protocol.Handshake;

/// <summary>Represents the parameters that a client and a server agreed on in the handshake.</summary>
/// <param name="Subprotocol">The subprotocol, or null.</param>
/// <param name="Deflate">The parameters of permessage-deflate, or null when no message is compressed.</param>
public readonly record struct UpgradeAgreement(string? Subprotocol, DeflateAgreement? Deflate);
