namespace Duplex.Protocol.Extensions;

/// <summary>
/// Negotiates permessage-deflate as a server (RFC 7692 sections 5 and 7.1) and accepts the first offer that the options
/// permit. One instance per handshake, which reads each Sec-WebSocket-Extensions field in the order received.
/// </summary>
public struct DeflateNegotiator
{
    private readonly DeflateOptions? _options;

    /// <summary>Starts a negotiation.</summary>
    /// <param name="options">The options of the server, or null to decline every offer; the grammar is validated in both cases.</param>
    public DeflateNegotiator(DeflateOptions? options) => _options = options;

    /// <summary>The negotiated parameters, or null when no message is compressed.</summary>
    public DeflateAgreement? Agreement { get; private set; }

    /// <summary>The value of the response's Sec-WebSocket-Extensions field, or null when the field must be omitted.</summary>
    public string? Response { get; private set; }

    /// <summary>Reads one Sec-WebSocket-Extensions field.</summary>
    /// <returns>
    /// <see cref="ExtensionFault.Malformed"/> when the handshake must be rejected; otherwise
    /// <see cref="ExtensionFault.None"/>. Unknown extensions and unacceptable offers are declined by their absence from the
    /// response (RFC 6455 section 9.1).
    /// </returns>
    public ExtensionFault Read(ReadOnlySpan<byte> field)
    {
        var reader = new ExtensionListReader(field);
        while (reader.TryReadExtension(out var name))
        {
            if (!name.SequenceEqual("permessage-deflate"u8)) continue;
            if (DeflateParameterSet.TryRead(ref reader, isOffer: true, out var offer) && _options is not null && Agreement is null)
                Consider(offer, _options);
        }

        return reader.IsMalformed ? ExtensionFault.Malformed : ExtensionFault.None;
    }

    private void Consider(in DeflateParameterSet offer, DeflateOptions options)
    {
        // RFC 7692 section 7.1.2.2: a server must not limit the window of a client that does not offer the parameter.
        if (!offer.HasClientMaxWindowBits && options.ClientMaxWindowBits < DeflateAgreement.LargestWindowBits) return;

        var agreement = new DeflateAgreement(
            ServerNoContextTakeover: offer.ServerNoContextTakeover || !options.ServerContextTakeover,
            ClientNoContextTakeover: offer.ClientNoContextTakeover || !options.ClientContextTakeover,
            ServerMaxWindowBits: Least(offer.ServerMaxWindowBits, options.ServerMaxWindowBits),
            ClientMaxWindowBits: Least(offer.ClientMaxWindowBits, options.ClientMaxWindowBits));
        Agreement = agreement;

        // RFC 7692 section 7.1.2.1: a server that accepts an offer with server_max_window_bits responds with the parameter.
        Response = agreement.ToResponse(namesServerWindow: offer.ServerMaxWindowBits != 0);
    }

    private static int Least(int offered, int wanted) => offered == 0 ? wanted : Math.Min(offered, wanted);
}
