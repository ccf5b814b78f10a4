using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>
/// Represents a valid upgrade request. RFC 6455 section 4.2.1. The reader owns it, and it is valid until the reader is
/// reset, so that a reused reader allocates nothing; returned text belongs to the caller. Not safe for concurrent use.
/// </summary>
public sealed class UpgradeRequest
{
    // Most heads of browsers fit into this size.
    private const int UsualBytes = 1024;

    // The target, followed by the field lines.
    private byte[] _bytes = [];
    private int _targetLength;
    private int _fieldsLength;

    internal UpgradeRequest() { }

    /// <summary>The path as sent: percent-encoded ASCII that begins with a slash.</summary>
    public string Path => Encoding.ASCII.GetString(PathBytes);

    /// <summary>The bytes of <see cref="Path"/>, ASCII.</summary>
    public ReadOnlySpan<byte> PathBytes => Target.IndexOf((byte)'?') switch
    {
        < 0 => Target,
        var question => Target[..question],
    };

    /// <summary>The raw query string without the question mark; may be empty.</summary>
    public string Query => Target.IndexOf((byte)'?') is var question and >= 0 ? Encoding.ASCII.GetString(Target[(question + 1)..]) : "";

    /// <summary>The Host field, with the port when it was sent.</summary>
    public string Host => Encoding.ASCII.GetString(HostBytes);

    /// <summary>The bytes of <see cref="Host"/>, ASCII.</summary>
    public ReadOnlySpan<byte> HostBytes => Bytes("Host"u8);

    /// <summary>The Origin field as sent, or null when it is absent; browsers always send it. RFC 6454 section 7.</summary>
    public string? Origin => Fields.Find("Origin"u8);

    /// <summary>The Sec-WebSocket-Key field: 16 bytes in base64.</summary>
    public string Key => Encoding.ASCII.GetString(KeyBytes);

    /// <summary>The bytes of <see cref="Key"/>, ASCII.</summary>
    public ReadOnlySpan<byte> KeyBytes => Bytes("Sec-WebSocket-Key"u8);

    /// <summary>The subprotocols offered, in the client's order of preference.</summary>
    public IReadOnlyList<string> Subprotocols { get; private set; } = [];

    /// <summary>The Sec-WebSocket-Extensions field as sent, or null when it is absent.</summary>
    public string? Extensions => Fields.Find("Sec-WebSocket-Extensions"u8);

    private ReadOnlySpan<byte> Target => _bytes.AsSpan(0, _targetLength);

    private HeaderLines Fields => new(_bytes.AsSpan(_targetLength, _fieldsLength));

    /// <summary>Returns the value of a field, or null when it is absent. The values of a repeated field are joined by commas.</summary>
    /// <param name="name">The name, case-insensitive.</param>
    public string? FindHeader(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> bytes = name.Length <= 128 ? stackalloc byte[128] : new byte[name.Length];
        return Encoding.Latin1.TryGetBytes(name, bytes, out var length) ? Fields.Find(bytes[..length]) : null;
    }

    /// <summary>Returns a copy of all fields under case-insensitive names. The values of a repeated field are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> CopyHeaders() => Fields.ToDictionary();

    /// <summary>Copies a parsed head into this request.</summary>
    internal void Take(RequestHead head, IReadOnlyList<string> subprotocols)
    {
        _targetLength = head.Target.Length;
        _fieldsLength = head.Fields.Bytes.Length;
        var length = _targetLength + _fieldsLength;
        if (_bytes.Length < length) _bytes = new byte[Math.Max(length, UsualBytes)];
        head.Target.CopyTo(_bytes);
        head.Fields.Bytes.CopyTo(_bytes.AsSpan(_targetLength));
        Subprotocols = subprotocols;
    }

    private ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> name)
    {
        Fields.TryFind(name, out var value);
        return value;
    }
}
