using Duplex.AspNetCore.Hosting;
using Duplex.WebSockets.Hosting;

namespace Duplex.AspNetCore.Sockets;

/// <summary>
/// Protects an insecure server from pages whose domain resolves to its address (DNS rebinding). Browsers send an Origin field
/// with every WebSocket handshake; programs send none, and are allowed under any host name.
/// </summary>
internal sealed class OwnPages(PageHosts hosts)
{
    public static UpgradeRefusal Refusal { get; } = new(
        403,
        "Pages may reach this server by a literal address or localhost only.",
        "The server is insecure: set AllowedHosts, or authenticate clients.");

    /// <summary>Returns whether the allowed origins include the server's own, for which the Host field must be validated.</summary>
    public static bool AreIn(ICollection<string> allowedOrigins) =>
        allowedOrigins.Count == 0 || allowedOrigins.Contains("self") || allowedOrigins.Contains("self:*");

    public bool Allow(in UpgradeContext context)
    {
        if (context.FindHeader("Origin") is null) return true;
        return hosts.Accept(context.FindHeader("Host") ?? "");
    }
}
