using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>
/// A valid upgrade request. RFC 6455 section 4.2.1. It is its reader's, and valid until that is reset, so that a reader
/// which is used again allocates nothing; the text that it gives is the caller's to keep. One thread at a time.
/// </summary>
public sealed class UpgradeRequest
{
    // Most heads that browsers send fit in.
    private const int UsualBytes = 1024;

    // Target and field lines, one behind the other.
    private byte[] _bytes = [];
    private int _targetLength;
    private int _fieldsLength;

    internal UpgradeRequest() { }

    /// <summary>The path as sent: percent-encoded ASCII that begins with a slash.</summary>
    public string Path => Encoding.ASCII.GetString(PathBytes);

    /// <summary>As <see cref="Path"/>, ASCII.</summary>
    public ReadOnlySpan<byte> PathBytes => Target.IndexOf((byte)'?') switch
    {
        < 0 => Target,
        var question => Target[..question],
    };

    /// <summary>The raw query string without the question mark; may be empty.</summary>
    public string Query => Target.IndexOf((byte)'?') is var question and >= 0 ? Encoding.ASCII.GetString(Target[(question + 1)..]) : "";

    /// <summary>Host, with the port if it was sent.</summary>
    public string Host => Encoding.ASCII.GetString(HostBytes);

    /// <summary>As <see cref="Host"/>, ASCII.</summary>
    public ReadOnlySpan<byte> HostBytes => Bytes("Host"u8);

    /// <summary>Origin as sent, or null: browsers always send it. RFC 6454 section 7.</summary>
    public string? Origin => Fields.Find("Origin"u8);

    /// <summary>Sec-WebSocket-Key: 16 bytes in base64.</summary>
    public string Key => Encoding.ASCII.GetString(KeyBytes);

    /// <summary>As <see cref="Key"/>, ASCII.</summary>
    public ReadOnlySpan<byte> KeyBytes => Bytes("Sec-WebSocket-Key"u8);

    /// <summary>The subprotocols offered, in the client's order of preference.</summary>
    public IReadOnlyList<string> Subprotocols { get; private set; } = [];

    /// <summary>Sec-WebSocket-Extensions as sent, or null.</summary>
    public string? Extensions => Fields.Find("Sec-WebSocket-Extensions"u8);

    private ReadOnlySpan<byte> Target => _bytes.AsSpan(0, _targetLength);

    private HeaderLines Fields => new(_bytes.AsSpan(_targetLength, _fieldsLength));

    /// <summary>One field; null when it was not sent. One that was sent more than once has its values joined by commas.</summary>
    /// <param name="name">In any case.</param>
    public string? FindHeader(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> bytes = name.Length <= 128 ? stackalloc byte[128] : new byte[name.Length];
        return Encoding.Latin1.TryGetBytes(name, bytes, out var length) ? Fields.Find(bytes[..length]) : null;
    }

    /// <summary>A copy of all fields; names in any case. One that was sent more than once has its values joined by commas.</summary>
    public IReadOnlyDictionary<string, string> CopyHeaders() => Fields.ToDictionary();

    /// <summary>Takes a copy of what was read.</summary>
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
