using Duplex.AspNetCore.Hosting;
using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Hosting;

namespace Duplex.AspNetCore.Sockets;

/// <summary>
/// Keeps pages whose name was made to resolve to an insecure server (DNS rebinding) from passing for its own. Browsers
/// send an Origin field with every WebSocket's handshake; programs, which do not, are let in under any name.
/// </summary>
internal sealed class OwnPages(PageHosts hosts, RequestRefusalLog log)
{
    public bool Allow(in UpgradeContext context)
    {
        if (context.FindHeader("Origin") is null) return true;
        var host = context.FindHeader("Host") ?? "";
        if (hosts.Accept(host)) return true;
        log.Write("A WebSocket", $"the server is insecure and Host {LogText.Of(host)} is neither a literal address nor localhost; set AllowedHosts");
        return false;
    }
}
