using System.Buffers;
using System.Text;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Handshake;

namespace Duplex.WebSockets.Client;

/// <summary>
/// Writes the requests of a client: the upgrade, and the CONNECT to a proxy. RFC 6455 section 4.1, RFC 9110 section 9.3.6.
/// </summary>
internal static class UpgradeRequestWriter
{
    // RFC 9110 section 5.5 forbids control characters, in particular line ends, which would start another field.
    private static readonly SearchValues<char> ValueCharacters = SearchValues.Create(
        [' ', '\t', .. Enumerable.Range(0x21, 0x7E - 0x21 + 1).Select(c => (char)c)]);

    private static readonly HashSet<string> OwnFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol",
        "Sec-WebSocket-Extensions", "Content-Length", "Transfer-Encoding",
    };

    /// <exception cref="ArgumentException">A header or subprotocol of the options is not legal.</exception>
    public static void Check(WebSocketClientOptions options)
    {
        foreach (var (name, value) in options.Headers)
        {
            if (!UpgradeRules.IsToken(name) || OwnFields.Contains(name) || value.AsSpan().ContainsAnyExcept(ValueCharacters))
                throw new ArgumentException($"The header '{name}' cannot be sent with the handshake.", nameof(options));
        }

        var subprotocols = options.Subprotocols;
        if (subprotocols.Count > 0 && !UpgradeRules.TryReadSubprotocols(string.Join(",", subprotocols), out _))
            throw new ArgumentException("Subprotocols must be different tokens (RFC 6455 section 4.1).", nameof(options));
    }

    public static byte[] Upgrade(Uri uri, string key, WebSocketClientOptions options)
    {
        var text = new StringBuilder()
            .Append("GET ").Append(uri.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped)).Append(" HTTP/1.1\r\n")
            .Append("Host: ").Append(Authority(uri, isPortNeeded: !uri.IsDefaultPort)).Append("\r\n")
            .Append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ").Append(key).Append("\r\n");
        if (options.Subprotocols.Count > 0)
            text.Append("Sec-WebSocket-Protocol: ").AppendJoin(", ", options.Subprotocols).Append("\r\n");
        if (options.Compression is { } compression)
            text.Append("Sec-WebSocket-Extensions: ").Append(DeflateOffer.Create(compression)).Append("\r\n");
        foreach (var (name, value) in options.Headers) text.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }

    public static byte[] Connect(Uri uri, WebSocketClientOptions options)
    {
        var authority = Authority(uri, isPortNeeded: true);
        var text = new StringBuilder().Append("CONNECT ").Append(authority).Append(" HTTP/1.1\r\nHost: ").Append(authority).Append("\r\n");
        if (options.ProxyCredentials is { } credentials)
        {
            var pair = Encoding.UTF8.GetBytes($"{credentials.UserName}:{credentials.Password}");
            text.Append("Proxy-Authorization: Basic ").Append(Convert.ToBase64String(pair)).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }

    private static string Authority(Uri uri, bool isPortNeeded)
    {
        // IdnHost removes the brackets of an IPv6 address and keeps its zone, neither of which is legal on the wire.
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return isPortNeeded ? $"{host}:{uri.Port}" : host;
    }
}
