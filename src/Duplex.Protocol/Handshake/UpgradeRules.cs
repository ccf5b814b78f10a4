using Duplex.Protocol.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>The rules of RFC 6455 section 4.2.1, once, for every host that reads requests.</summary>
public static class UpgradeRules
{
    /// <summary>The protocol version we speak, as it stands in Sec-WebSocket-Version.</summary>
    public const string Version = "13";

    /// <summary>Checks a request over HTTP/1.1 that asks for an upgrade.</summary>
    public static UpgradeFault Check(UpgradeFields request)
    {
        if (request.Method != "GET") return UpgradeFault.MethodNotAllowed;
        if (!request.IsHttp11) return UpgradeFault.HttpVersion;
        if (request.TransferEncoding is not null || request.ContentLength is not (null or "0")) return UpgradeFault.Body;
        if (!UriHost.IsValid(request.Host)) return UpgradeFault.Host;
        if (!HasToken(request.Upgrade, "websocket")) return UpgradeFault.Upgrade;
        if (!HasToken(request.Connection, "upgrade")) return UpgradeFault.Connection;
        if (!request.Version.SequenceEqual(Version)) return UpgradeFault.Version;
        if (!AcceptKey.IsValidKey(request.Key)) return UpgradeFault.Key;
        return CheckSubprotocols(request.Subprotocols);
    }

    /// <summary>Checks an extended CONNECT over HTTP/2, which has no Upgrade, Connection and key. RFC 8441 section 5.</summary>
    public static UpgradeFault CheckConnect(UpgradeFields request)
    {
        if (request.Method != "CONNECT") return UpgradeFault.MethodNotAllowed;
        if (!UriHost.IsValid(request.Host)) return UpgradeFault.Host;
        return !request.Version.SequenceEqual(Version) ? UpgradeFault.Version : CheckSubprotocols(request.Subprotocols);
    }

    /// <summary>What is wrong with the request, in a sentence for whoever made it; empty without a fault.</summary>
    public static string ReasonOf(UpgradeFault fault) => fault switch
    {
        UpgradeFault.None => "",
        UpgradeFault.MalformedHead => "The request is not well-formed HTTP/1.1.",
        UpgradeFault.HeadTooLarge => "The request's head is too large.",
        UpgradeFault.MethodNotAllowed => "A WebSocket is opened with GET.",
        UpgradeFault.HttpVersion => "A WebSocket is opened over HTTP/1.1 or later.",
        UpgradeFault.Host => "The Host field is missing or malformed.",
        UpgradeFault.Upgrade => "This address takes WebSockets: the request has no Upgrade field that names websocket.",
        UpgradeFault.Connection => "The Connection field does not name upgrade.",
        UpgradeFault.Key => "Sec-WebSocket-Key is missing or not 16 bytes in base64.",
        UpgradeFault.Version => "Sec-WebSocket-Version is missing or not 13.",
        UpgradeFault.Body => "The request that opens a WebSocket has no body.",
        _ => "Sec-WebSocket-Protocol is not a list of different tokens.",
    };

    /// <summary>The status that answers a fault.</summary>
    public static int StatusOf(UpgradeFault fault) => fault switch
    {
        UpgradeFault.MethodNotAllowed => 405,
        UpgradeFault.Upgrade or UpgradeFault.Version => 426,
        UpgradeFault.HeadTooLarge => 431,
        _ => 400,
    };

    /// <summary>Whether a comma-separated list names a token, in any case. RFC 9110 section 5.6.1.</summary>
    public static bool HasToken(ReadOnlySpan<char> list, ReadOnlySpan<char> token)
    {
        foreach (var range in list.Split(','))
        {
            if (list[range].Trim(" \t").Equals(token, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>
    /// Splits Sec-WebSocket-Protocol, in the client's order of preference. RFC 6455 section 4.1, point 10. Empty elements
    /// do not count (RFC 9110 section 5.6.1), and an empty field offers nothing.
    /// </summary>
    /// <returns>False when an element is no token or stands twice.</returns>
    public static bool TryReadSubprotocols(string? field, out IReadOnlyList<string> subprotocols)
    {
        subprotocols = [];
        if (field is null) return true;

        // A set beside the list keeps a long field linear.
        var list = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in field.AsSpan().Split(','))
        {
            var element = field.AsSpan(range).Trim(" \t");
            if (element.IsEmpty) continue;
            if (!IsToken(element)) return false;
            var name = element.ToString();
            if (!seen.Add(name)) return false;
            list.Add(name);
        }

        subprotocols = list;
        return true;
    }

    /// <summary>Whether the text is a token. RFC 9110 section 5.6.2.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept(HttpCharacters.Token);

    private static UpgradeFault CheckSubprotocols(string? field) =>
        TryReadSubprotocols(field, out _) ? UpgradeFault.None : UpgradeFault.Subprotocols;
}
