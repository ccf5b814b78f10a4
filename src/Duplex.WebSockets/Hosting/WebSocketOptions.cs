namespace Duplex.WebSockets.Hosting;

/// <summary>Limits and choices of a WebSocket endpoint. The defaults are safe for a public server.</summary>
public sealed record WebSocketOptions
{
    /// <summary>The defaults.</summary>
    public static WebSocketOptions Default { get; } = new();

    /// <summary>Largest message accepted, in bytes after reassembly and inflation. Default 65,536. Larger ones close 1009.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>Most frames that one message may be cut into. Default 4,096. More close 1008.</summary>
    public int MaxFragments { get; init; } = 4096;

    /// <summary>Subprotocols spoken here, in any order: the first that the client offers and this list holds is chosen. Default none.</summary>
    public IReadOnlyList<string> Subprotocols { get; init; } = [];

    /// <summary>
    /// Origins of browser pages that may connect, as they stand in the Origin field (<c>https://example.org</c>);
    /// <c>*</c> allows all. Default empty: the origin's host and port must be those of the Host field. Requests
    /// without an Origin field do not come from a browser and are not checked. RFC 6455 section 10.2.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Time after which a peer that was silent is pinged; zero pings nobody. Default 25 s, below the idle limits of common proxies.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Time within which something must arrive after a ping, or the connection is dropped. Default 10 s.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time within which a message that has begun must be complete, or the connection closes 1008. Default 30 s.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for the peer to answer a close frame, and bound on the reading that follows it. Default 5 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Queued bytes above which a connection says that it is not writable and reads no more. Default 65,536.</summary>
    public int HighWaterBytes { get; init; } = 64 * 1024;

    /// <summary>Queued bytes at or below which a connection is writable again. Default 16,384.</summary>
    public int LowWaterBytes { get; init; } = 16 * 1024;

    /// <summary>Queued bytes beyond which a connection is aborted, the bound on what a slow peer costs. Default 1,048,576.</summary>
    public int MaxQueuedBytes { get; init; } = 1024 * 1024;
}
