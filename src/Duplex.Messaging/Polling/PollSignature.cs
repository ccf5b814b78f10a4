using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Polling;

/// <summary>
/// Signatures over the keys that a user may track in a channel: <c>iat:exp:hex</c>, where hex is the HMAC-SHA-256 of
/// iat, exp, user, channel and the keys' hash, joined by NUL. The hash is the SHA-256, in hex, of the keys joined by NUL.
/// No part may contain a NUL, so that a signature identifies one list of keys of one user in one channel.
/// </summary>
public static class PollSignature
{
    /// <summary>Time for which a signature remains accepted after its expiry, until its successor arrives.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly long MaxSeconds = (DateTimeOffset.MaxValue - Grace).ToUnixTimeSeconds();

    /// <summary>Signs keys of a channel that a user may track for a limited time.</summary>
    /// <param name="secret">The namespace's <see cref="PollOptions.HmacSecretKey"/>.</param>
    /// <param name="user">The user; empty for anonymous clients.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="keys">The keys, in the order in which the client sends them.</param>
    /// <param name="issuedAt">The current time.</param>
    /// <param name="expiresAt">The expiry of the signature.</param>
    /// <exception cref="ArgumentException">The user, the channel or a key contains a NUL.</exception>
    public static string Create(
        string secret, string user, string channel, IEnumerable<string> keys, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        string[] signed = [.. keys];
        if (!AreSignable(user, channel, signed)) throw new ArgumentException("A user, channel or key that contains a NUL cannot be signed.", nameof(keys));
        var issued = issuedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var expires = expiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{issued}:{expires}:{Convert.ToHexStringLower(Mac(secret, issued, expires, user, channel, signed))}";
    }

    /// <summary>Returns the expiry of a valid signature; otherwise error 109 for one that has expired and 103 for one that is not valid for the user and the keys.</summary>
    internal static (ClientError? Error, DateTimeOffset ExpiresAt) Verify(
        string secret, string user, string channel, PollBatch batch, DateTimeOffset now)
    {
        var parts = batch.Signature.Split(':');
        if (parts.Length != 3 || !TrySeconds(parts[0], out _) || !TrySeconds(parts[1], out var seconds)) return (Refused, default);
        var given = new byte[HMACSHA256.HashSizeInBytes];
        if (parts[2].Length != 2 * given.Length || Convert.FromHexString(parts[2], given, out _, out _) != System.Buffers.OperationStatus.Done)
            return (Refused, default);
        string[] keys = [.. batch.Keys.Select(static item => item.Key)];
        if (!AreSignable(user, channel, keys)) return (Refused, default);
        var right = Mac(secret, parts[0], parts[1], user, channel, keys);
        if (!CryptographicOperations.FixedTimeEquals(given, right)) return (Refused, default);
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return expiresAt + Grace <= now ? (ClientErrors.TokenExpired.Because("The signature of the keys has expired."), default) : (null, expiresAt);
    }

    private static ClientError Refused { get; } = ClientErrors.PermissionDenied.Because("The signature of the keys is not valid for this user and channel.", true);

    private static bool AreSignable(string user, string channel, string[] keys) =>
        !user.Contains('\0', StringComparison.Ordinal) && !channel.Contains('\0', StringComparison.Ordinal)
        && !Array.Exists(keys, static key => key.Contains('\0', StringComparison.Ordinal));

    private static bool TrySeconds(string text, out long seconds) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds <= MaxSeconds;

    private static byte[] Mac(string secret, string issued, string expires, string user, string channel, string[] keys)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', keys))));
        return HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Join('\0', issued, expires, user, channel, hash)));
    }
}
