namespace Duplex.Protocol.Handshake;

/// <summary>
/// The parts of a request that decide about an upgrade, wherever they were read. A field that was sent more than
/// once has its values joined by commas; one that was not sent is null or empty.
/// </summary>
public readonly ref struct UpgradeFields
{
    /// <summary>The method, as sent.</summary>
    public string Method { get; init; }

    /// <summary>Whether the HTTP version is 1.1 or higher.</summary>
    public bool IsHttp11 { get; init; }

    /// <summary>Host.</summary>
    public ReadOnlySpan<char> Host { get; init; }

    /// <summary>Connection.</summary>
    public ReadOnlySpan<char> Connection { get; init; }

    /// <summary>Upgrade.</summary>
    public ReadOnlySpan<char> Upgrade { get; init; }

    /// <summary>Sec-WebSocket-Key.</summary>
    public ReadOnlySpan<char> Key { get; init; }

    /// <summary>Sec-WebSocket-Version.</summary>
    public ReadOnlySpan<char> Version { get; init; }

    /// <summary>Sec-WebSocket-Protocol.</summary>
    public string? Subprotocols { get; init; }

    /// <summary>Content-Length.</summary>
    public string? ContentLength { get; init; }

    /// <summary>Transfer-Encoding.</summary>
    public string? TransferEncoding { get; init; }
}
