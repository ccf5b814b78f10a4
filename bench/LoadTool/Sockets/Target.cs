using System.Net;
using System.Text;

namespace LoadTool.Sockets;

/// <summary>Server under load. Only loopback is supported, so that the generator cannot load other machines by mistake.</summary>
internal sealed class Target
{
    public Target(int port, string path, string? extensions = null)
    {
        Port = port;
        UpgradeRequest = Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
            (extensions is null ? "" : $"Sec-WebSocket-Extensions: {extensions}\r\n") + "\r\n");
    }

    public IPAddress Address { get; } = IPAddress.Loopback;

    public int Port { get; }

    public byte[] UpgradeRequest { get; }
}
