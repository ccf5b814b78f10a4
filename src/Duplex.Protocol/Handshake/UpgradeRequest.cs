using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>A valid upgrade request. RFC 6455 section 4.2.1. Immutable, safe from any thread.</summary>
public sealed class UpgradeRequest
{
    private readonly HeaderFields _fields;
    private readonly byte[]? _authority;

    internal UpgradeRequest(RequestHead head, IReadOnlyList<string> subprotocols)
    {
        var question = head.Target.IndexOf((byte)'?');
        var path = question < 0 ? head.Target : head.Target[..question];
        Path = path.IsEmpty ? "/" : Encoding.ASCII.GetString(path);
        Query = question < 0 ? "" : Encoding.ASCII.GetString(head.Target[(question + 1)..]);
        Subprotocols = subprotocols;
        _authority = head.Authority.IsEmpty ? null : head.Authority.ToArray();
        _fields = new HeaderFields(head.Fields);
    }

    /// <summary>The path as sent: percent-encoded ASCII that begins with a slash.</summary>
    public string Path { get; }

    /// <summary>The raw query string without the question mark; may be empty.</summary>
    public string Query { get; }

    /// <summary>Host, with the port if it was sent.</summary>
    public string Host => Encoding.ASCII.GetString(HostBytes);

    /// <summary>As <see cref="Host"/>, ASCII.</summary>
    public ReadOnlySpan<byte> HostBytes => _authority is not null ? _authority : Bytes("Host"u8);

    /// <summary>Origin as sent, or null: browsers always send it. RFC 6454 section 7.</summary>
    public string? Origin => _fields.Lines.Find("Origin"u8);

    /// <summary>Sec-WebSocket-Key: 16 bytes in base64.</summary>
    public string Key => Encoding.ASCII.GetString(KeyBytes);

    /// <summary>As <see cref="Key"/>, ASCII.</summary>
    public ReadOnlySpan<byte> KeyBytes => Bytes("Sec-WebSocket-Key"u8);

    /// <summary>The subprotocols offered, in the client's order of preference.</summary>
    public IReadOnlyList<string> Subprotocols { get; }

    /// <summary>Sec-WebSocket-Extensions as sent, or null.</summary>
    public string? Extensions => _fields.Lines.Find("Sec-WebSocket-Extensions"u8);

    /// <summary>All fields; names in any case. One that was sent more than once has its values joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers => _fields;

    private ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> name)
    {
        _fields.Lines.TryFind(name, out var value);
        return value;
    }
}
