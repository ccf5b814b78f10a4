namespace Duplex.Protocol.Handshake;

/// <summary>
/// Represents the parts of a request that an upgrade depends on, whichever host has read them. The values of a repeated
/// field are joined by commas; an absent field is null or empty.
/// </summary>
internal readonly ref struct UpgradeFields
{
    /// <summary>The method as sent.</summary>
    public string Method { get; init; }

    /// <summary>Whether the HTTP version is 1.1 or higher.</summary>
    public bool IsHttp11 { get; init; }

    /// <summary>The Host field.</summary>
    public ReadOnlySpan<char> Host { get; init; }

    /// <summary>The Connection field.</summary>
    public ReadOnlySpan<char> Connection { get; init; }

    /// <summary>The Upgrade field.</summary>
    public ReadOnlySpan<char> Upgrade { get; init; }

    /// <summary>The Sec-WebSocket-Key field.</summary>
    public ReadOnlySpan<char> Key { get; init; }

    /// <summary>The Sec-WebSocket-Version field.</summary>
    public ReadOnlySpan<char> Version { get; init; }

    /// <summary>The Sec-WebSocket-Protocol field.</summary>
    public string? Subprotocols { get; init; }

    /// <summary>The Content-Length field.</summary>
    public string? ContentLength { get; init; }

    /// <summary>The Transfer-Encoding field.</summary>
    public string? TransferEncoding { get; init; }
}
