using System.Text;

namespace Duplex.Protocol.Extensions;

/// <summary>Negotiates permessage-deflate as a client: creates the offer and validates the response. RFC 7692 sections 5 and 7.1.</summary>
public static class DeflateOffer
{
    /// <summary>Creates the value of the request's Sec-WebSocket-Extensions field.</summary>
    public static string Create(DeflateOptions options)
    {
        var text = new StringBuilder("permessage-deflate", 128);
        if (!options.ServerContextTakeover) text.Append("; server_no_context_takeover");
        if (!options.ClientContextTakeover) text.Append("; client_no_context_takeover");
        if (options.ServerMaxWindowBits < DeflateAgreement.LargestWindowBits)
            text.Append("; server_max_window_bits=").Append(options.ServerMaxWindowBits);

        // RFC 7692 section 7.1.2.2: without a value the parameter announces that the client can limit its window on request.
        text.Append("; client_max_window_bits");
        if (options.ClientMaxWindowBits < DeflateAgreement.LargestWindowBits) text.Append('=').Append(options.ClientMaxWindowBits);
        return text.ToString();
    }

    /// <summary>Validates one Sec-WebSocket-Extensions field of the response; a response has at most one with content.</summary>
    /// <param name="field">The field's value.</param>
    /// <param name="options">The options that were offered, or null when no extension was.</param>
    /// <param name="agreement">The negotiated parameters; set by the first field that names the extension.</param>
    /// <returns>
    /// <see cref="ExtensionFault.None"/>, or the fault for which the connection must fail. It never throws for a server's
    /// input.
    /// </returns>
    public static ExtensionFault ReadResponse(ReadOnlySpan<byte> field, DeflateOptions? options, ref DeflateAgreement? agreement)
    {
        var reader = new ExtensionListReader(field);
        while (reader.TryReadExtension(out var name))
        {
            if (options is null || !name.SequenceEqual("permessage-deflate"u8)) return ExtensionFault.NotOffered;
            if (agreement is not null) return ExtensionFault.Repeated;
            if (!DeflateParameterSet.TryRead(ref reader, isOffer: false, out var response))
                return reader.IsMalformed ? ExtensionFault.Malformed : ExtensionFault.InvalidParameter;
            if (!Honours(response, options)) return ExtensionFault.OfferIgnored;

            agreement = new DeflateAgreement(
                response.ServerNoContextTakeover,

                // RFC 7692 section 7.1.1.2: a client may compress each message on its own without a request of the server.
                response.ClientNoContextTakeover || !options.ClientContextTakeover,
                OrLargest(response.ServerMaxWindowBits),
                Math.Min(OrLargest(response.ClientMaxWindowBits), options.ClientMaxWindowBits));
        }

        return reader.IsMalformed ? ExtensionFault.Malformed : ExtensionFault.None;
    }

    // RFC 7692 sections 7.1.1.1 and 7.1.2.1: the response repeats the parameters requested of the server, and a window only
    // shrinks.
    private static bool Honours(in DeflateParameterSet response, DeflateOptions options) =>
        (response.ServerNoContextTakeover || options.ServerContextTakeover)
        && OrLargest(response.ServerMaxWindowBits) <= options.ServerMaxWindowBits
        && response.ClientMaxWindowBits <= options.ClientMaxWindowBits;

    private static int OrLargest(int bits) => bits == 0 ? DeflateAgreement.LargestWindowBits : bits;
}
