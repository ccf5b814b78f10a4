using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>Validates Sec-WebSocket-Key and computes the Sec-WebSocket-Accept of the response. RFC 6455 sections 1.3 and 4.2.2.</summary>
internal static class AcceptKey
{
    /// <summary>The length of a key in characters: 16 random bytes in base64.</summary>
    public const int KeyLength = 24;

    /// <summary>The length of an accept value in characters: a SHA-1 hash in base64.</summary>
    public const int Length = 28;

    private static ReadOnlySpan<byte> Guid => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <summary>Returns whether a key is 16 bytes in base64. RFC 6455 section 4.1, point 7.</summary>
    public static bool IsValidKey(ReadOnlySpan<char> key)
    {
        Span<byte> bytes = stackalloc byte[18];
        return key.Length == KeyLength && Convert.TryFromBase64Chars(key, bytes, out var length) && length == 16;
    }

    /// <summary>Computes the Sec-WebSocket-Accept value of a key.</summary>
    /// <param name="key">The key as sent, <see cref="KeyLength"/> ASCII characters.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public static string Compute(ReadOnlySpan<char> key)
    {
        Span<byte> answer = stackalloc byte[Length];
        Write(answer, key);
        return Encoding.ASCII.GetString(answer);
    }

    /// <summary>Writes the Sec-WebSocket-Accept value of a key, <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentException">The key has another length, or the destination is too short.</exception>
    public static void Write(Span<byte> destination, ReadOnlySpan<char> key)
    {
        if (key.Length != KeyLength) throw new ArgumentException("A Sec-WebSocket-Key has 24 characters.", nameof(key));
        Span<byte> bytes = stackalloc byte[KeyLength];
        Encoding.ASCII.GetBytes(key, bytes);
        Write(destination, bytes);
    }

    /// <inheritdoc cref="Write(Span{byte}, ReadOnlySpan{char})"/>
    public static void Write(Span<byte> destination, ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength) throw new ArgumentException("A Sec-WebSocket-Key has 24 characters.", nameof(key));
        Span<byte> input = stackalloc byte[KeyLength + 36];
        key.CopyTo(input);
        Guid.CopyTo(input[KeyLength..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6455 section 4.2.2 requires SHA-1; the hash identifies the handshake and protects no secret.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        Base64.EncodeToUtf8(hash, destination, out _, out var written);
        if (written != Length) throw new ArgumentException("The destination must have at least 28 bytes.", nameof(destination));
    }
}
