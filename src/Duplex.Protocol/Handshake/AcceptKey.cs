using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>Sec-WebSocket-Key and the Sec-WebSocket-Accept that answers it. RFC 6455 sections 1.3 and 4.2.2.</summary>
public static class AcceptKey
{
    /// <summary>Length of a key: 16 random bytes in base64.</summary>
    public const int KeyLength = 24;

    /// <summary>Length of the answer: a SHA-1 hash in base64.</summary>
    public const int Length = 28;

    private static ReadOnlySpan<byte> Guid => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <summary>Whether a key is 16 bytes in base64. RFC 6455 section 4.1, point 7.</summary>
    public static bool IsValidKey(ReadOnlySpan<char> key)
    {
        Span<byte> bytes = stackalloc byte[18];
        return key.Length == KeyLength && Convert.TryFromBase64Chars(key, bytes, out var length) && length == 16;
    }

    /// <summary>Computes the value that answers a key.</summary>
    /// <param name="key">The key as sent, <see cref="KeyLength"/> ASCII characters.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public static string Compute(ReadOnlySpan<char> key)
    {
        Span<byte> answer = stackalloc byte[Length];
        Write(answer, key);
        return Encoding.ASCII.GetString(answer);
    }

    /// <summary>Writes the value that answers a key, <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentException">The key has another length, or the destination is too short.</exception>
    public static void Write(Span<byte> destination, ReadOnlySpan<char> key)
    {
        if (key.Length != KeyLength) throw new ArgumentException("A key has 24 characters.", nameof(key));
        Span<byte> bytes = stackalloc byte[KeyLength];
        Encoding.ASCII.GetBytes(key, bytes);
        Write(destination, bytes);
    }

    /// <inheritdoc cref="Write(Span{byte}, ReadOnlySpan{char})"/>
    public static void Write(Span<byte> destination, ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength) throw new ArgumentException("A key has 24 characters.", nameof(key));
        Span<byte> input = stackalloc byte[KeyLength + 36];
        key.CopyTo(input);
        Guid.CopyTo(input[KeyLength..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The protocol says SHA-1; it is a fingerprint of the handshake, not a secret's guard.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        Base64.EncodeToUtf8(hash, destination, out _, out var written);
        if (written != Length) throw new ArgumentException("28 bytes are needed.", nameof(destination));
    }
}
