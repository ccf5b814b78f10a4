using System.Text;

namespace Duplex.Protocol.Extensions;

/// <summary>What two peers agreed on for permessage-deflate. RFC 7692 section 7.1.</summary>
/// <param name="ServerNoContextTakeover">The server compresses each message on its own (section 7.1.1.1).</param>
/// <param name="ClientNoContextTakeover">The client compresses each message on its own (section 7.1.1.2).</param>
/// <param name="ServerMaxWindowBits">The server refers back at most 2 to this power bytes: 8 to 15 (section 7.1.2.1).</param>
/// <param name="ClientMaxWindowBits">The client refers back at most 2 to this power bytes: 8 to 15 (section 7.1.2.2).</param>
public readonly record struct DeflateAgreement(
    bool ServerNoContextTakeover,
    bool ClientNoContextTakeover,
    int ServerMaxWindowBits,
    int ClientMaxWindowBits)
{
    /// <summary>The window of a peer that agreed to no limit.</summary>
    internal const int LargestWindowBits = 15;

    /// <summary>
    /// The value of the response's Sec-WebSocket-Extensions field. A window of 15 bits is what its absence means,
    /// so it is written only where the offer asked for it: see <see cref="DeflateNegotiator"/>.
    /// </summary>
    internal string ToResponse(bool namesServerWindow)
    {
        var text = new StringBuilder("permessage-deflate", 128);
        if (ServerNoContextTakeover) text.Append("; server_no_context_takeover");
        if (ClientNoContextTakeover) text.Append("; client_no_context_takeover");
        if (namesServerWindow || ServerMaxWindowBits < LargestWindowBits) text.Append("; server_max_window_bits=").Append(ServerMaxWindowBits);
        if (ClientMaxWindowBits < LargestWindowBits) text.Append("; client_max_window_bits=").Append(ClientMaxWindowBits);
        return text.ToString();
    }
}
