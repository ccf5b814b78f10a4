namespace Duplex.AspNetCore.Hosting;

/// <summary>What the client endpoints allow.</summary>
public sealed class TransportOptions
{
    /// <summary>
    /// Origins of pages that may connect, such as <c>https://example.org</c>; <c>*</c> allows all. Empty, the default,
    /// allows the server's own origin. Clients that send no origin are no browsers and pass.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Largest message or request body accepted, in bytes. Default 65,536.</summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>New connections a second this node takes; further ones are answered with 503. Default 0: any number.</summary>
    public int ConnectionRateLimit { get; set; }

    /// <summary>
    /// The header field in which a proxy in front of the server names the user it has authenticated. Such a client
    /// needs no token. Set it only where every request comes through that proxy and the proxy takes the field away from
    /// what clients send. Null, the default: none.
    /// </summary>
    public string? UserIdHeader { get; set; }
}
