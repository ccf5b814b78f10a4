using System.Net;
using System.Security.Claims;

namespace Duplex.WebSockets.Hosting;

/// <summary>Presents an upgrade request to an endpoint, whichever host has read it. Valid during one call.</summary>
internal interface IUpgradeRequestView
{
    /// <summary>The decoded path.</summary>
    string Path { get; }

    /// <summary>The raw query string without the question mark; may be empty.</summary>
    string Query { get; }

    /// <summary>The peer's address, from forwarded headers when a trusted proxy set them; null when the peer has disconnected.</summary>
    EndPoint? RemoteEndPoint { get; }

    /// <summary>
    /// The principal that the host's middleware has set; null where the host runs none, as event loops do. Unauthenticated
    /// where nothing has authenticated the request. May be retained.
    /// </summary>
    ClaimsPrincipal? User => null;

    /// <summary>
    /// Returns the value of a header field, or null when it is absent. The values of a repeated field are joined by commas.
    /// </summary>
    /// <param name="name">The name, case-insensitive.</param>
    string? FindHeader(string name);

    /// <summary>
    /// Returns a copy of all header fields under case-insensitive names. The values of a repeated field are joined by
    /// commas.
    /// </summary>
    IReadOnlyDictionary<string, string> CopyHeaders();
}
