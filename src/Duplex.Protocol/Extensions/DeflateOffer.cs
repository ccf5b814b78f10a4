using System.Text;

namespace Duplex.Protocol.Extensions;

/// <summary>The client's half of the negotiation of permessage-deflate: makes the offer and judges the response. RFC 7692 sections 5 and 7.1.</summary>
public static class DeflateOffer
{
    /// <summary>The value of the request's Sec-WebSocket-Extensions field.</summary>
    public static string Create(DeflateOptions options)
    {
        var text = new StringBuilder("permessage-deflate", 128);
        if (!options.ServerContextTakeover) text.Append("; server_no_context_takeover");
        if (!options.ClientContextTakeover) text.Append("; client_no_context_takeover");
        if (options.ServerMaxWindowBits < DeflateAgreement.LargestWindowBits)
            text.Append("; server_max_window_bits=").Append(options.ServerMaxWindowBits);

        // 7.1.2.2: without a value it says that the client can limit its window if the server wants it.
        text.Append("; client_max_window_bits");
        if (options.ClientMaxWindowBits < DeflateAgreement.LargestWindowBits) text.Append('=').Append(options.ClientMaxWindowBits);
        return text.ToString();
    }

    /// <summary>Judges one Sec-WebSocket-Extensions field of the response; a response has at most one with content.</summary>
    /// <param name="field">The field's value.</param>
    /// <param name="options">What was offered, or null when nothing was.</param>
    /// <param name="agreement">What is agreed; set by the first field that names the extension.</param>
    /// <returns>None, or why the connection must be failed. Never throws for what a server sends.</returns>
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

                // 7.1.1.2: a client may compress each message on its own whether or not the server asks for it.
                response.ClientNoContextTakeover || !options.ClientContextTakeover,
                OrLargest(response.ServerMaxWindowBits),
                Math.Min(OrLargest(response.ClientMaxWindowBits), options.ClientMaxWindowBits));
        }

        return reader.IsMalformed ? ExtensionFault.Malformed : ExtensionFault.None;
    }

    // 7.1.1.1 and 7.1.2.1: what was asked of the server must be repeated, and a window may only shrink.
    private static bool Honours(in DeflateParameterSet response, DeflateOptions options) =>
        (response.ServerNoContextTakeover || options.ServerContextTakeover)
        && OrLargest(response.ServerMaxWindowBits) <= options.ServerMaxWindowBits
        && response.ClientMaxWindowBits <= options.ClientMaxWindowBits;

    private static int OrLargest(int bits) => bits == 0 ? DeflateAgreement.LargestWindowBits : bits;
}
