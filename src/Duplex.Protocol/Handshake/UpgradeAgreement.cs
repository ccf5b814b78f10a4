using Duplex.Protocol.Extensions;

namespace Duplex.Protocol.Handshake;

/// <summary>What a client and a server agreed on in the handshake.</summary>
/// <param name="Subprotocol">The subprotocol, or null.</param>
/// <param name="Deflate">permessage-deflate's parameters, or null when nothing is compressed.</param>
public readonly record struct UpgradeAgreement(string? Subprotocol, DeflateAgreement? Deflate);
