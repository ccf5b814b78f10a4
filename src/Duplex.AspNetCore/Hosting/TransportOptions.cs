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
}
