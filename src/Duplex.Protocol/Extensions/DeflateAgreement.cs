using System.Text;

namespace Duplex.Protocol.Extensions;

/// <summary>Represents the negotiated parameters of permessage-deflate. RFC 7692 section 7.1.</summary>
/// <param name="ServerNoContextTakeover">Whether the server compresses each message on its own (section 7.1.1.1).</param>
/// <param name="ClientNoContextTakeover">Whether the client compresses each message on its own (section 7.1.1.2).</param>
/// <param name="ServerMaxWindowBits">
/// The server's window in bits, 8 to 15: its references reach back at most 2 to this power bytes (section 7.1.2.1).
/// </param>
/// <param name="ClientMaxWindowBits">
/// The client's window in bits, 8 to 15: its references reach back at most 2 to this power bytes (section 7.1.2.2).
/// </param>
public readonly record struct DeflateAgreement(
    bool ServerNoContextTakeover,
    bool ClientNoContextTakeover,
    int ServerMaxWindowBits,
    int ClientMaxWindowBits)
{
    /// <summary>The window bits of a peer without a negotiated limit.</summary>
    internal const int LargestWindowBits = 15;

    /// <summary>
    /// Returns the value of the response's Sec-WebSocket-Extensions field. The absence of a window means 15 bits, so 15 is
    /// written only when the offer contained the parameter: see <see cref="DeflateNegotiator"/>.
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
