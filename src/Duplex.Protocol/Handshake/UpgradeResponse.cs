using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Duplex.Protocol.Handshake;

/// <summary>Writes a server's response to an upgrade request. RFC 6455 section 4.2.2.</summary>
public static class UpgradeResponse
{
    /// <summary>The maximum length of a rejection in bytes.</summary>
    public const int MaxRefusalBytes = 512;

    private const int MaxReasonLength = 256;
    private const string AcceptHead = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
    private const string SubprotocolHead = "\r\nSec-WebSocket-Protocol: ";
    private const string ExtensionsHead = "\r\nSec-WebSocket-Extensions: ";
    private const string End = "\r\n\r\n";

    /// <summary>
    /// Returns the length in bytes of the response that
    /// <see cref="WriteAccept(Span{byte}, ReadOnlySpan{byte}, string?, string?)"/> writes.
    /// </summary>
    public static int AcceptLength(string? subprotocol = null, string? extensions = null) =>
        AcceptHead.Length + AcceptKey.Length + End.Length
        + (subprotocol is null ? 0 : SubprotocolHead.Length + subprotocol.Length)
        + (extensions is null ? 0 : ExtensionsHead.Length + extensions.Length);

    /// <summary>Writes the response that accepts the upgrade.</summary>
    /// <param name="destination">The destination: at least <see cref="AcceptLength"/> bytes.</param>
    /// <param name="key">The Sec-WebSocket-Key of the request.</param>
    /// <param name="subprotocol">One of the offered subprotocols, or null.</param>
    /// <param name="extensions">The value of the Sec-WebSocket-Extensions field, or null for none.</param>
    /// <returns>The number of bytes written.</returns>
    public static int WriteAccept(Span<byte> destination, ReadOnlySpan<char> key, string? subprotocol = null, string? extensions = null)
    {
        Span<byte> bytes = stackalloc byte[AcceptKey.KeyLength];
        return Encoding.ASCII.TryGetBytes(key, bytes, out var length)
            ? WriteAccept(destination, bytes[..length], subprotocol, extensions)
            : throw new ArgumentException("A Sec-WebSocket-Key has 24 characters.", nameof(key));
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

    /// <summary>Writes a response that rejects the request and ends the connection.</summary>
    /// <param name="destination">The destination: at least <see cref="MaxRefusalBytes"/> bytes.</param>
    /// <param name="status">The status code, 400 to 599.</param>
    /// <param name="reason">The body, which explains the rejection in ASCII; text that does not fit is omitted.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status is not in the range from 400 to 599.</exception>
    public static int WriteRefusal(Span<byte> destination, int status, string reason = "")
    {
        if (status is < 400 or > 599) throw new ArgumentOutOfRangeException(nameof(status), status, "The status of a rejection must be from 400 to 599.");
        ArgumentNullException.ThrowIfNull(reason);
        var body = reason.AsSpan(0, Math.Min(reason.Length, MaxReasonLength));
        Utf8.TryWrite(
            destination,
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} {PhraseOf(status)}\r\n{FieldsOf(status)}Content-Length: {body.Length}\r\n",
            out var written);
        if (body.Length > 0) written += Encoding.ASCII.GetBytes("Content-Type: text/plain\r\n", destination[written..]);
        written += Encoding.ASCII.GetBytes("\r\n", destination[written..]);
        return written + Encoding.ASCII.GetBytes(body, destination[written..]);
    }

    // RFC 9112 section 4: the phrase may be empty.
    private static string PhraseOf(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        410 => "Gone",
        426 => "Upgrade Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    };

    private static string FieldsOf(int status) => status switch
    {
        405 => "Allow: GET\r\nConnection: close\r\n",
        // RFC 6455 section 4.4 requires the version; RFC 9110 section 15.5.22 requires the Upgrade field.
        426 => "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nConnection: Upgrade, close\r\n",
        _ => "Connection: close\r\n",
    };

    private static int WriteField(Span<byte> destination, string head, string value)
    {
        var written = Encoding.ASCII.GetBytes(head, destination);
        return written + Encoding.ASCII.GetBytes(value, destination[written..]);
    }
}
