using Duplex.Protocol.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>Validates upgrade requests by RFC 6455 section 4.2.1, for every host that reads them.</summary>
public static class UpgradeRules
{
    /// <summary>The supported protocol version, as sent in Sec-WebSocket-Version.</summary>
    internal const string Version = "13";

    /// <summary>Validates an upgrade request over HTTP/1.1.</summary>
    internal static UpgradeFault Check(UpgradeFields request)
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

    /// <summary>Validates an extended CONNECT over HTTP/2, which has no Upgrade, Connection and key. RFC 8441 section 5.</summary>
    internal static UpgradeFault CheckConnect(UpgradeFields request)
    {
        if (request.Method != "CONNECT") return UpgradeFault.MethodNotAllowed;
        if (!UriHost.IsValid(request.Host)) return UpgradeFault.Host;
        return !request.Version.SequenceEqual(Version) ? UpgradeFault.Version : CheckSubprotocols(request.Subprotocols);
    }

    /// <summary>Returns the fault as a sentence for the response, or an empty string without a fault.</summary>
    public static string ReasonOf(UpgradeFault fault) => fault switch
    {
        UpgradeFault.None => "",
        UpgradeFault.MalformedHead => "The request is not well-formed HTTP/1.1.",
        UpgradeFault.HeadTooLarge => "The request's head is too large.",
        UpgradeFault.MethodNotAllowed => "A WebSocket is opened with GET.",
        UpgradeFault.HttpVersion => "A WebSocket is opened over HTTP/1.1 or later.",
        UpgradeFault.Host => "The Host field is missing or malformed.",
        UpgradeFault.Upgrade => "This address accepts WebSockets: the request has no Upgrade field that names websocket.",
        UpgradeFault.Connection => "The Connection field does not name upgrade.",
        UpgradeFault.Key => "Sec-WebSocket-Key is missing or not 16 bytes in base64.",
        UpgradeFault.Version => "Sec-WebSocket-Version is missing or not 13.",
        UpgradeFault.Body => "The request that opens a WebSocket has no body.",
        _ => "Sec-WebSocket-Protocol is not a list of different tokens.",
    };

    /// <summary>Returns the status code of the response to a fault.</summary>
    public static int StatusOf(UpgradeFault fault) => fault switch
    {
        UpgradeFault.MethodNotAllowed => 405,
        UpgradeFault.Upgrade or UpgradeFault.Version => 426,
        UpgradeFault.HeadTooLarge => 431,
        _ => 400,
    };

    /// <summary>Returns whether a comma-separated list contains a token, case-insensitively. RFC 9110 section 5.6.1.</summary>
    internal static bool HasToken(ReadOnlySpan<char> list, ReadOnlySpan<char> token)
    {
        foreach (var range in list.Split(','))
        {
            if (list[range].Trim(" \t").Equals(token, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>
    /// Parses Sec-WebSocket-Protocol into the subprotocols in the client's order of preference. RFC 6455 section 4.1, point
    /// 10. Empty elements are ignored (RFC 9110 section 5.6.1), and an empty field offers no subprotocol.
    /// </summary>
    /// <returns>False when an element is not a token or is repeated.</returns>
    internal static bool TryReadSubprotocols(string? field, out IReadOnlyList<string> subprotocols)
    {
        subprotocols = [];
        if (field is null) return true;

        // The set keeps the parsing of a long field linear.
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

    /// <summary>Returns whether the text is a token. RFC 9110 section 5.6.2.</summary>
    internal static bool IsToken(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept(HttpCharacters.Token);

    private static UpgradeFault CheckSubprotocols(string? field) =>
        TryReadSubprotocols(field, out _) ? UpgradeFault.None : UpgradeFault.Subprotocols;
}
