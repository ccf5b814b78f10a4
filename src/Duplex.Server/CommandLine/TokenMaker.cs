using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Duplex.Server.CommandLine;

/// <summary>Creates HS256 tokens (RFC 7519) for development.</summary>
internal static class TokenMaker
{
    public static string Make(string secret, string user, string? channel, DateTimeOffset now, TimeSpan ttl)
    {
        using var claims = new MemoryStream();
        using (var json = new Utf8JsonWriter(claims))
        {
            json.WriteStartObject();
            json.WriteString("sub", user);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + ttl).ToUnixTimeSeconds());
            if (channel is not null) json.WriteString("channel", channel);
            json.WriteEndObject();
        }

        // RFC 7515 5.1: the signature covers the encoded header and payload.
        var signed = $"{Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Base64Url.EncodeToString(claims.ToArray())}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
