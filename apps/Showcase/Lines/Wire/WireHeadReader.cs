using System.Security.Cryptography;
using System.Text;
using Duplex.Protocol.Handshake;

namespace Showcase.Lines.Wire;

/// <summary>Reads the heads of a handshake.</summary>
internal static class WireHeadReader
{
    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Reads the head at the beginning of the bytes; null when it is incomplete or malformed.</summary>
    public static WireHead? Read(ReadOnlySpan<byte> bytes)
    {
        var scanner = new HeadScanner(HandshakeLimits.Default, HandshakeLimits.Default.MaxRequestLineBytes);
        if (scanner.Scan(bytes) != HeadStatus.Complete) return null;
        var lines = new List<WireLine>();
        var at = 0;
        foreach (var line in new HeaderLines(bytes[..scanner.Length]))
        {
            // The start line has no name, nor has a malformed line.
            var colon = lines.Count == 0 ? -1 : line.IndexOf((byte)':');
            lines.Add(colon < 0
                ? new WireLine(at, line.Length, "", Encoding.UTF8.GetString(line))
                : new WireLine(at, line.Length, Encoding.UTF8.GetString(line[..colon]), Encoding.UTF8.GetString(HeaderLines.ValueOf(line, colon))));
            at += line.Length + 2;
        }

        return lines.Count == 0 ? null : new WireHead(bytes[..scanner.Length].ToArray(), lines);
    }

    /// <summary>Computes the accept key of a request; null without a valid key.</summary>
    public static WireAccept? AcceptOf(WireHead? request, WireHead? response)
    {
        if (request?.Find("Sec-WebSocket-Key") is not { } key || !AcceptKey.IsValidKey(key)) return null;
        var joined = key + Guid;
#pragma warning disable CA5350 // RFC 6455 section 4.2.2 requires SHA-1; the hash protects no secret.
        var hash = SHA1.HashData(Encoding.ASCII.GetBytes(joined));
#pragma warning restore CA5350
        return new WireAccept(key, joined, Convert.ToHexStringLower(hash), AcceptKey.Compute(key), response?.Find("Sec-WebSocket-Accept"));
    }

    private static string? Find(this WireHead head, string name) =>
        head.Lines.FirstOrDefault(line => line.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
