using System.Net;

namespace Duplex.WebSockets.Hosting;

/// <summary>An upgrade request as the host that read it shows it to an endpoint. For the time of one call.</summary>
public interface IUpgradeRequestView
{
    /// <summary>The path, decoded.</summary>
    string Path { get; }

    /// <summary>The raw query string without the question mark; may be empty.</summary>
    string Query { get; }

    /// <summary>The peer's address, or null when it has gone; from forwarded headers when a trusted proxy set them.</summary>
    EndPoint? RemoteEndPoint { get; }

    /// <summary>One header field; null when it was not sent. One that was sent more than once has its values joined by commas.</summary>
    /// <param name="name">In any case.</param>
    string? FindHeader(string name);

    /// <summary>A copy of all header fields; names in any case. One that was sent more than once has its values joined by commas.</summary>
    IReadOnlyDictionary<string, string> CopyHeaders();
}
