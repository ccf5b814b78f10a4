namespace Duplex.Protocol.Handshake;

/// <summary>A valid upgrade request. RFC 6455 section 4.2.1.</summary>
public sealed class UpgradeRequest
{
    internal UpgradeRequest(string target, string host, IReadOnlyDictionary<string, string> headers, IReadOnlyList<string> subprotocols)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? target : target[..question];
        Query = question < 0 ? "" : target[(question + 1)..];
        Host = host;
        Headers = headers;
        Subprotocols = subprotocols;
    }

    /// <summary>The path as sent: percent-encoded ASCII that begins with a slash.</summary>
    public string Path { get; }

    /// <summary>The raw query string without the question mark; may be empty.</summary>
    public string Query { get; }

    /// <summary>Host, with the port if it was sent.</summary>
    public string Host { get; }

    /// <summary>Origin as sent, or null: browsers always send it. RFC 6454 section 7.</summary>
    public string? Origin => Find("Origin");

    /// <summary>Sec-WebSocket-Key: 16 bytes in base64.</summary>
    public string Key => Headers["Sec-WebSocket-Key"];

    /// <summary>The subprotocols offered, in the client's order of preference.</summary>
    public IReadOnlyList<string> Subprotocols { get; }

    /// <summary>Sec-WebSocket-Extensions as sent, or null.</summary>
    public string? Extensions => Find("Sec-WebSocket-Extensions");

    /// <summary>All fields; names in any case. One that was sent more than once has its values joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    private string? Find(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
