using System.Text;
using Duplex.Protocol.Extensions;

namespace Duplex.Protocol.Handshake;

/// <summary>Validates a server's response by the rules of RFC 6455 section 4.1 for clients. It never throws for a server's input.</summary>
public static class UpgradeResponseRules
{
    /// <summary>Validates a response and returns the agreed parameters.</summary>
    /// <param name="head">The head of the response.</param>
    /// <param name="key">The Sec-WebSocket-Key of the request.</param>
    /// <param name="subprotocols">The offered subprotocols.</param>
    /// <param name="compression">The offered compression, or null.</param>
    /// <param name="agreement">The agreed parameters; meaningful when there is no fault.</param>
    public static UpgradeResponseFault Check(
        ResponseHead head,
        string key,
        IReadOnlyList<string> subprotocols,
        DeflateOptions? compression,
        out UpgradeAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(head);
        agreement = default;
        if (head.Status is >= 300 and < 400) return UpgradeResponseFault.Redirect;
        if (head.Status != 101) return UpgradeResponseFault.Status;
        if (!"websocket".Equals(head.Find("Upgrade"), StringComparison.OrdinalIgnoreCase)) return UpgradeResponseFault.Upgrade;
        if (!UpgradeRules.HasToken(head.Find("Connection"), "upgrade")) return UpgradeResponseFault.Connection;
        if (head.Find("Sec-WebSocket-Accept") != AcceptKey.Compute(key)) return UpgradeResponseFault.Accept;

        DeflateAgreement? deflate = null;
        if (head.Find("Sec-WebSocket-Extensions") is { } extensions
            && DeflateOffer.ReadResponse(Encoding.Latin1.GetBytes(extensions), compression, ref deflate) != ExtensionFault.None)
            return UpgradeResponseFault.Extensions;

        var subprotocol = head.Find("Sec-WebSocket-Protocol");
        if (subprotocol is not null && !subprotocols.Contains(subprotocol, StringComparer.Ordinal)) return UpgradeResponseFault.Subprotocol;
        agreement = new UpgradeAgreement(subprotocol, deflate);
        return UpgradeResponseFault.None;
    }
}
