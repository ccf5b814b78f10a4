using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Api;

/// <summary>Compares a caller's key in constant time.</summary>
internal static class ApiKey
{
    private const string Header = "X-API-Key";
    private const string Scheme = "apikey ";
    private const string Parameter = "api_key";

    public static bool IsAccepted(HttpRequest request, ApiOptions options) =>
        options.Key is { Length: > 0 } key && Find(request) is { } found && AreEqual(found, key);

    private static string? Find(HttpRequest request)
    {
        if (request.Headers[Header] is [{ } header]) return header;
        if (request.Headers.Authorization is [{ } authorization] && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[Scheme.Length..].Trim();
        }

        return request.Query[Parameter] is [{ } parameter] ? parameter : null;
    }

    // Comparing hashes, which have one length, keeps the key's length out of the timing too.
    private static bool AreEqual(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(left)), SHA256.HashData(Encoding.UTF8.GetBytes(right)));
}
