using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>Writes a server's answer to an upgrade request. RFC 6455 section 4.2.2.</summary>
public static class UpgradeResponse
{
    /// <summary>Enough room for any refusal.</summary>
    public const int MaxRefusalBytes = 256;

    private const string AcceptHead = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
    private const string SubprotocolHead = "\r\nSec-WebSocket-Protocol: ";
    private const string ExtensionsHead = "\r\nSec-WebSocket-Extensions: ";
    private const string End = "\r\n\r\n";

    /// <summary>The length of the answer that <see cref="WriteAccept(Span{byte}, ReadOnlySpan{byte}, string?, string?)"/> writes.</summary>
    public static int AcceptLength(string? subprotocol = null, string? extensions = null) =>
        AcceptHead.Length + AcceptKey.Length + End.Length
        + (subprotocol is null ? 0 : SubprotocolHead.Length + subprotocol.Length)
        + (extensions is null ? 0 : ExtensionsHead.Length + extensions.Length);

    /// <summary>Writes the answer that opens the connection.</summary>
    /// <param name="destination">At least <see cref="AcceptLength"/> bytes.</param>
    /// <param name="key">The request's key.</param>
    /// <param name="subprotocol">One of those offered, or null.</param>
    /// <param name="extensions">The agreed extensions as they stand in the header field, or null.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteAccept(Span<byte> destination, ReadOnlySpan<char> key, string? subprotocol = null, string? extensions = null)
    {
        Span<byte> bytes = stackalloc byte[AcceptKey.KeyLength];
        return Encoding.ASCII.TryGetBytes(key, bytes, out var length)
            ? WriteAccept(destination, bytes[..length], subprotocol, extensions)
            : throw new ArgumentException("A key has 24 characters.", nameof(key));
    }

    /// <inheritdoc cref="WriteAccept(Span{byte}, ReadOnlySpan{char}, string?, string?)"/>
    public static int WriteAccept(Span<byte> destination, ReadOnlySpan<byte> key, string? subprotocol = null, string? extensions = null)
    {
        var written = Encoding.ASCII.GetBytes(AcceptHead, destination);
        AcceptKey.Write(destination.Slice(written, AcceptKey.Length), key);
        written += AcceptKey.Length;
        if (subprotocol is not null) written += WriteField(destination[written..], SubprotocolHead, subprotocol);
        if (extensions is not null) written += WriteField(destination[written..], ExtensionsHead, extensions);
        return written + Encoding.ASCII.GetBytes(End, destination[written..]);
    }

    /// <summary>Writes an answer that refuses and ends the connection.</summary>
    /// <param name="destination">At least <see cref="MaxRefusalBytes"/> bytes.</param>
    /// <param name="status">400, 403, 404, 405, 408, 426, 431 or 503.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another status.</exception>
    public static int WriteRefusal(Span<byte> destination, int status) => Encoding.ASCII.GetBytes(status switch
    {
        400 => "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        403 => "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        404 => "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        405 => "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        408 => "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        // RFC 6455 section 4.4 names the version; RFC 9110 section 15.5.22 wants the Upgrade field.
        426 => "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nConnection: Upgrade, close\r\nContent-Length: 0\r\n\r\n",
        431 => "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        503 => "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No refusal has this status."),
    }, destination);

    private static int WriteField(Span<byte> destination, string head, string value)
    {
        var written = Encoding.ASCII.GetBytes(head, destination);
        return written + Encoding.ASCII.GetBytes(value, destination[written..]);
    }
}
