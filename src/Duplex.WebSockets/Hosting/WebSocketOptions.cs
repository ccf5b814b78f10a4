namespace Duplex.WebSockets.Hosting;

/// <summary>Limits and choices of a WebSocket endpoint. The defaults are safe for a public server.</summary>
public sealed record WebSocketOptions
{
    /// <summary>Largest message accepted, in bytes after reassembly and inflation. Default 65,536. Larger ones close 1009.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;
}
